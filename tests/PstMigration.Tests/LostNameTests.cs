using System.Diagnostics;
using System.Management.Automation;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Names that are no UTF-8, of disks that were written in Shift_JIS or EUC-JP: what is under them cannot be opened, is called what it is and nothing is silent about it.</summary>
public sealed class LostNameTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly DirectoryInfo _tree;
    private readonly EngineSession _session;

    public LostNameTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems take no such names.");

        _tree = _folder.CreateSubdirectory("tree");

        // A file in Shift_JIS, one and a folder in EUC-JP, a link, and one that is as it should be.
        const string Script = """
            printf 'From: a@example.com\nSubject: Hello\n\nHello.\n' > ok.eml
            cp ok.eml "$(printf '\220\277\213\201\217\221.eml')"
            cp ok.eml "$(printf '\300\301\265\341\275\361.eml')"
            mkdir "$(printf '\274\365\277\256')"
            cp ok.eml "$(printf '\274\365\277\256')/in.eml"
            ln -s ok.eml link.eml
            printf x > "$(printf '\315\327.pst')"
            """;
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", "-c", Script]) { WorkingDirectory = _tree.FullName })!;
        shell.WaitForExit();
        Assert.SkipUnless(shell.ExitCode == 0, "The file system takes no such names.");
        _session = new EngineSession(120, null, typeof(ImportPstItemCommand), typeof(FindPstFileCommand));
    }

    [Fact]
    public void Mail_under_them_is_counted_and_named()
    {
        PSObject told = _session.InvokeClean(
            $"$r = Import-PstItem '{_tree.FullName}' '{_folder.FullName}/new.pst' -WarningVariable w -WarningAction SilentlyContinue; [pscustomobject]@{{ Copied = $r.Copied; PassedOver = $r.PassedOver; Warnings = $w -join \"`n\" }}").Single();

        string warnings = (string)told.Properties["Warnings"].Value;
        Assert.Equal("1", told.Properties["Copied"].Value.ToString());
        Assert.Equal("5", told.Properties["PassedOver"].Value.ToString());
        Assert.Contains("1 links", warnings, StringComparison.Ordinal);
        Assert.Contains("4 files and folders cannot be opened", warnings, StringComparison.Ordinal);
        Assert.Contains(".eml'", warnings, StringComparison.Ordinal);
        Assert.Contains("convmv", warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_of_nothing_else_is_read_all_the_same()
    {
        File.Delete(Path.Combine(_tree.FullName, "ok.eml"));
        File.Delete(Path.Combine(_tree.FullName, "link.eml"));

        string warnings = string.Concat(_session.InvokeClean($"Import-PstItem '{_tree.FullName}' '{_folder.FullName}/new.pst' -WarningVariable w -WarningAction SilentlyContinue | Out-Null; $w"));

        Assert.Contains("4 files and folders cannot be opened", warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_files_and_folders_under_them_are_errors_of_the_search()
    {
        string[] errors = [.. _session.InvokeClean($"Find-PstFile '{_tree.FullName}' -ErrorVariable e -ErrorAction SilentlyContinue | Out-Null; $e | ForEach-Object {{ $_.FullyQualifiedErrorId }}").Select(o => o.ToString())];

        Assert.Equal(2, errors.Count(e => e.StartsWith("FileNameUnreadable", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _session.Dispose();
        using Process shell = Process.Start("/bin/rm", ["-rf", _folder.FullName]);
        shell.WaitForExit();
    }
}
