using System.Globalization;
using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Out with Export-PstItem and back in with Import-PstItem: the folders and the items are the same.</summary>
public sealed class FormatRoundTripTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Formats => ["Eml", "Mbox", "Maildir"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Folders_come_back_with_names_nesting_class_and_role(string format)
    {
        using EngineSession session = StagedModule.Import();
        string back = RoundTrip(session, format);

        Assert.Equal(Folders(session, s_sample), Folders(session, back));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Items_come_back_once_into_their_folders(string format)
    {
        using EngineSession session = StagedModule.Import();
        string back = RoundTrip(session, format);

        Assert.Equal(Items(session, s_sample), Items(session, back));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_second_import_finds_everything_and_tells_the_same_losses(string format)
    {
        using EngineSession session = StagedModule.Import();
        string export = $"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format {format}";
        PSObject out1 = session.InvokeClean(export).Single();
        PSObject out2 = session.InvokeClean(export).Single();
        string import = $"Import-PstItem '{Path.Combine(_folder, "rehearsal")}' -Destination '{Path.Combine(_folder, "back.pst")}'";
        PSObject in1 = session.InvokeClean(import).Single();
        PSObject in2 = session.InvokeClean(import).Single();

        Assert.Equal(Number(out1, "Written"), Number(out2, "AlreadyThere"));
        Assert.Equal(Number(in1, "Copied"), Number(in2, "AlreadyThere"));
        Assert.Equal(Losses(out1), Losses(out2));
        Assert.Equal(Losses(in1), Losses(in2));
    }

    [Fact]
    public void An_edited_message_file_takes_the_place_of_its_older_copy()
    {
        using EngineSession session = StagedModule.Import();
        string mail = Path.Combine(_folder, "mail");
        string target = Path.Combine(_folder, "a.pst");
        Directory.CreateDirectory(mail);
        string message = Path.Combine(mail, "a.eml");
        const string Head = "From: a@example.com\nMessage-ID: <1@example.com>\nDate: Mon, 30 Nov 2026 10:00:00 +0000\nSubject: ";
        File.WriteAllText(message, Head + "first\n\nText\n");
        session.InvokeClean($"Import-PstItem '{mail}' -Destination '{target}'");

        File.WriteAllText(message, Head + "edited\n\nAnother text\n");
        PSObject second = session.InvokeClean($"Import-PstItem '{mail}' -Destination '{target}'").Single();

        Assert.Equal((1L, 1L), (Number(second, "Copied"), Number(second, "Replaced")));
        Assert.Equal("edited", Assert.Single(session.InvokeClean($"Get-PstItem '{target}'")).Properties["Subject"].Value);
    }

    [Theory]
    [InlineData("Import-PstItem '{0}' -Destination '{1}/b.pst'", "Get-PstItem '{1}/b.pst'")]
    [InlineData("Export-PstItem '{0}' -Destination '{1}/eml'", "[System.IO.Directory]::GetFiles('{1}/eml', '*.eml', 'AllDirectories')")]
    [InlineData("Import-PstToMailbox '{0}' -Mailbox $m", "Get-MsMailboxFolder $m | Where-Object ItemCount | Where-Object Role -ne DeletedItems")]
    public void What_took_the_place_of_an_older_copy_does_so_in_the_next_place_too(string next, string items)
    {
        using EngineSession session = StagedModule.Import();
        string mail = Path.Combine(_folder, "mail");
        string target = Path.Combine(_folder, "a.pst");
        Directory.CreateDirectory(mail);
        string message = Path.Combine(mail, "a.eml");
        const string Head = "From: a@example.com\nMessage-ID: <1@example.com>\nDate: Mon, 30 Nov 2026 10:00:00 +0000\nSubject: ";
        (next, items) = (string.Format(CultureInfo.InvariantCulture, next, target, _folder), string.Format(CultureInfo.InvariantCulture, items, target, _folder));
        session.InvokeClean($"$global:m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling");
        File.WriteAllText(message, Head + "first\n\nText\n");
        session.InvokeClean($"Import-PstItem '{mail}' -Destination '{target}'; {next}");

        File.WriteAllText(message, Head + "edited\n\nAnother text\n");
        PSObject run = session.InvokeClean($"$null = Import-PstItem '{mail}' -Destination '{target}'; {next}").Single();

        Assert.Equal((1L, 1L), (Number(run, "Copied"), Number(run, "Replaced")));
        Assert.Single(session.InvokeClean(items));
        Assert.Equal(1L, Number(session.InvokeClean(next).Single(), "AlreadyThere"));
        session.Invoke("Disconnect-MsMailbox $m");
    }

    [Fact]
    public void A_copy_of_a_data_file_brings_nothing_into_the_original()
    {
        using EngineSession session = StagedModule.Import();
        string original = Path.Combine(_folder, "a.pst");
        string copy = Path.Combine(_folder, "a - Copy.pst");
        File.Copy(s_sample, original);
        File.Copy(s_sample, copy);

        PSObject result = session.InvokeClean($"Import-PstItem '{copy}' '{original}'").Single();

        Assert.Equal(0, Number(result, "Copied"));
        Assert.Equal(Number(result, "Read"), Number(result, "AlreadyThere"));
        Assert.Equal(Items(session, s_sample), Items(session, original));
    }

    [Theory]
    [InlineData("Import-PstItem '{0}' -Destination '{1}/a.pst' -Folder NoSuch")]
    [InlineData("Import-PstToMailbox '{0}' $m -Folder NoSuch")]
    [InlineData("Export-MailboxToPst $m '{1}/a.pst' -Folder NoSuch")]
    [InlineData("Export-PstItem '{0}' -Folder NoSuch -Destination '{1}/out'")]
    public void A_folder_that_is_not_there_is_an_error_and_makes_no_file(string command)
    {
        using EngineSession session = StagedModule.Import();
        string mailbox = Path.Combine(_folder, "m.mailbox");
        session.InvokeClean($"$global:m = Connect-MsMailbox -Sandbox '{mailbox}'");

        session.Invoke(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, s_sample, _folder));

        ErrorRecord error = Assert.Single(session.Errors);
        Assert.StartsWith("FolderNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        session.Invoke("Disconnect-MsMailbox $global:m");
        Assert.Equal([mailbox], Directory.EnumerateFileSystemEntries(_folder));
    }

    private string RoundTrip(EngineSession session, string format)
    {
        session.InvokeClean($"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format {format}");
        string back = Path.Combine(_folder, "back.pst");
        session.InvokeClean($"Import-PstItem '{Path.Combine(_folder, "rehearsal")}' -Destination '{back}'");
        return back;
    }

    private static IEnumerable<string> Folders(EngineSession session, string path) => session
        .InvokeClean($"Get-PstFolder '{path}' -Recurse | Where-Object Folder -ne '/'")
        .Select(f => $"{ByRole(session, path, Text(f, "Folder"))} {Text(f, "ContainerClass")} {Text(f, "ItemCount")}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Items(EngineSession session, string path) => session
        .InvokeClean($"Get-PstItem '{path}'")
        .Select(i => $"{ByRole(session, path, Text(i, "Folder"))}: {Text(i, "Subject")} {Text(i, "Kind")} {Text(i, "IsRead")} {Text(i, "IsDraft")}")
        .Order(StringComparer.Ordinal);

    // A new data file has Deleted Items of its own: its name is the file's, its role the folder's.
    private static string ByRole(EngineSession session, string path, string folder) => session
        .InvokeClean($"Get-PstFolder '{path}' | Where-Object Role -eq DeletedItems")
        .Select(f => Text(f, "Folder"))
        .Aggregate(folder, (text, name) => text == name || text.StartsWith(name + "/", StringComparison.Ordinal) ? "DeletedItems" + text[name.Length..] : text);

    private static string Text(PSObject value, string name) => value.Properties[name].Value?.ToString() ?? "";

    private static long Number(PSObject result, string name) => Convert.ToInt64(result.Properties[name].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, long> Losses(PSObject result) =>
        ((IReadOnlyDictionary<string, long>)result.Properties["Losses"].Value).ToDictionary(l => l.Key, l => l.Value);
}
