using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstItem of what is not a data file, in a real engine.</summary>
public sealed class ImportMailFilesTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("import-mail-").FullName;

    private string Target => Path.Combine(_folder, "target.pst");

    private string Exported => Path.Combine(_folder, "mail", "rehearsal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Eml", "")]
    [InlineData("Mbox", "")]
    [InlineData("Maildir", "")]
    [InlineData("Eml", "-Format Eml")]
    [InlineData("Mbox", "-Format Mbox")]
    [InlineData("Maildir", "-Format Maildir")]
    public void What_was_exported_comes_back_once(string format, string asked)
    {
        using EngineSession session = StagedModule.Import();
        string[] subjects = Subjects(session, s_sample);
        session.InvokeClean($"Export-PstItem '{s_sample}' -Destination '{_folder}/mail' -Format {format}");

        PSObject first = session.InvokeClean($"Import-PstItem '{Exported}' -Destination '{Target}' {asked}").Single();
        PSObject second = session.InvokeClean($"Import-PstItem -LiteralPath '{Exported}' -Destination '{Target}' {asked}").Single();

        Assert.NotEmpty(subjects);
        Assert.Equal((subjects.Length, 0, 0), (Count(first, "Copied"), Count(first, "AlreadyThere"), Count(first, "Failed")));
        Assert.Equal((0, subjects.Length), (Count(second, "Copied"), Count(second, "AlreadyThere")));
        Assert.Equal(subjects, Subjects(session, Target));
        Assert.Equal(Subjects(session, s_sample, "-Folder Inbox"), Subjects(session, Target, "-Folder Inbox"));
        Assert.Equal("True", session.InvokeClean($"(Test-PstFile '{Target}' -OwnWriter).IsValid").Single().ToString());
    }

    [Fact]
    public void Single_files_come_by_wildcard_and_folders_are_chosen()
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"Export-PstItem '{s_sample}' -Destination '{_folder}/mail' -Format Eml");
        string inbox = Directory.GetFiles(Exported, "*.eml", SearchOption.AllDirectories).GroupBy(f => Path.GetDirectoryName(f)!).OrderByDescending(g => g.Count()).First().Key;
        int files = Directory.GetFiles(inbox, "*.eml").Length;

        PSObject[] results = [.. session.InvokeClean($"Import-PstItem '{inbox}/*.eml' -Destination '{Target}' -TargetFolder Kept")];

        Assert.Equal(Enumerable.Repeat(1, files), results.Select(r => Count(r, "Copied")));
        Assert.Equal(files, session.InvokeClean($"Get-PstFolder '{Target}' -Folder Kept | Get-PstItem").Count);

        string some = Path.Combine(_folder, "some.pst");
        string same = Path.Combine(_folder, "same.pst");
        session.InvokeClean($"Import-PstItem '{Exported}' -Folder Inbox -Destination '{some}'");
        session.InvokeClean($"Import-PstItem '{s_sample}' -Folder Inbox -Destination '{same}'");
        Assert.Equal(Subjects(session, same), Subjects(session, some));
        Assert.True(Subjects(session, some).Length < Subjects(session, s_sample).Length);
    }

    [Fact]
    public void A_single_message_goes_to_the_top()
    {
        using EngineSession session = StagedModule.Import();
        string message = Path.Combine(_folder, "a.eml");
        File.WriteAllText(message, "From: a@example.com\nSubject: alone\n\nText\n");

        session.InvokeClean($"Import-PstItem '{message}' -Destination '{Target}'");

        PSObject item = Assert.Single(session.InvokeClean($"Get-PstItem '{Target}'"));
        Assert.Equal(("alone", "/"), (item.Properties["Subject"].Value, item.Properties["Folder"].Value.ToString()));
    }

    [Theory]
    [InlineData("none", "", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("empty", "", "MailFilesNotRecognized", ErrorCategory.InvalidData)]
    [InlineData("[2019]", "", "MailFilesNotRecognized", ErrorCategory.InvalidData)]
    [InlineData("empty", "-Format Mbox", "MailFilesNotRecognized", ErrorCategory.InvalidData)]
    [InlineData("empty", "-Format Pst", "PathNotFile", ErrorCategory.InvalidArgument)]
    [InlineData("text.txt", "", "PstNotAPst", ErrorCategory.InvalidData)]
    [InlineData("text.txt", "-Format Maildir", "SourceUnreadable", ErrorCategory.ReadError)]
    public void What_cannot_be_imported_is_one_error_and_makes_no_file(string name, string asked, string id, ErrorCategory category)
    {
        using EngineSession session = StagedModule.Import();
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Directory.CreateDirectory(Path.Combine(_folder, "[2019]"));
        File.WriteAllText(Path.Combine(_folder, "text.txt"), new string('x', 1000));

        Assert.Empty(session.Invoke($"Import-PstItem '{Path.Combine(_folder, name)}' -Destination '{Target}' {asked}"));

        ErrorRecord error = Assert.Single(session.Errors);
        Assert.Equal(id + ",PstMigration.Commands.ImportPstItemCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.False(File.Exists(Target));
    }

    private static string[] Subjects(EngineSession session, string path, string arguments = "") =>
        [.. session.InvokeClean($"Get-PstItem '{path}' {arguments}").Select(i => ((string)i.Properties["Subject"].Value).Trim()).Order(StringComparer.Ordinal)];

    private static int Count(PSObject result, string name) => Convert.ToInt32(result.Properties[name].Value, null);
}
