using PstMigration.Commands;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Tests;

/// <summary>An item in which attached items share their blocks without end comes to an end in every format, and what was left out is told.</summary>
public sealed class NestedItemLimitTests : IDisposable
{
    // More than the file has room for, and less than would fill a disk.
    private const long Most = 64 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(ExportPstItemCommand), typeof(ImportPstItemCommand), typeof(GetPstItemCommand));
    private readonly string _file;

    public NestedItemLimitTests()
    {
        _file = Path.Combine(_folder.FullName, "nested.pst");
        File.WriteAllBytes(_file, NestedItems.Write(levels: 40, each: 3));
    }

    [Theory]
    [InlineData("Eml", true)]
    [InlineData("Mbox", true)]
    [InlineData("Maildir", true)]
    [InlineData("Html", true)]
    [InlineData("Json", true)]
    [InlineData("Text", false)]
    [InlineData("Csv", false)]
    public void Exporting_it_ends_and_tells(string format, bool isTold) =>
        Copy($"Export-PstItem '{_file}' -Destination '{Path.Combine(_folder.FullName, "out")}' -Format {format}", isTold);

    [Fact]
    public void Copying_it_into_a_file_ends_and_the_copy_is_the_same() =>
        Copy($"Import-PstItem '{_file}' '{Path.Combine(_folder.FullName, "new.pst")}' -Verify", isTold: true);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Copy(string command, bool isTold)
    {
        object told = _session.InvokeClean($"$r = {command} -WarningAction Ignore; '{{0}} {{1}} {{2}}' -f $r.Copied, $r.Failed, ($r.Losses.Keys -join ' ')").Single().BaseObject;

        string text = Assert.IsType<string>(told);
        Assert.StartsWith("1 0", text, StringComparison.Ordinal);
        Assert.Equal(isTold, text.Contains("TooLarge", StringComparison.Ordinal));
        Assert.InRange(_folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length), 0, Most);
    }
}
