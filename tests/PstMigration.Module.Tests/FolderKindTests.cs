using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>A mailbox with a calendar called like its trash, as the import of a file makes one whose trash holds appointments.</summary>
public sealed class FolderKindTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-kinds").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public FolderKindTests()
    {
        string file = Path.GetFullPath(Path.Combine(StagedModule.Repository, "..", "shared", "data", "pst", "SampleOstFile.ost"));
        Assert.SkipUnless(File.Exists(file), "The file is no part of the project.");
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address a@example.com -Culture en-US -NoThrottling; $f = '{file}'; $j = @{{ JournalFolder = '{_folder}/journals' }}");
        _session.Invoke("$null = Import-PstToMailbox $f $m @j");
    }

    [Fact]
    public void Emptying_the_trash_of_the_exported_file_takes_no_appointments()
    {
        string[] listed = Texts("Get-MsMailboxFolder $m | Where-Object Folder -like 'Deleted Items*' | ForEach-Object { '{0}: {1} {2}' -f $_.Folder, $_.ContainerClass, $_.ItemCount }");
        PSObject first = _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/e.pst' -Verify @j").Single();
        PSObject second = _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/e.pst' -Verify @j").Single();

        string[] expected = ["Deleted Items: IPF.Note 6", "Deleted Items (2): IPF.Appointment 4"];
        Assert.Equal(expected, listed);
        Assert.Equal(expected, Texts($"Get-PstFolder '{_folder}/e.pst' -Recurse | Where-Object Folder -like 'Deleted Items*' | ForEach-Object {{ '{{0}}: {{1}} {{2}}' -f $_.Folder, $_.ContainerClass, $_.ItemCount }}"));
        Assert.Equal((92L, 0L, 92L), (Value(first, "Copied"), Value(second, "Copied"), Value(second, "AlreadyThere")));
        Assert.All([first, second], r => Assert.Equal(true, PSObject.AsPSObject(r.Properties["Verification"].Value).Properties["IsWhole"].Value));

        PSObject some = _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/c.pst' -Folder 'Deleted Items (2)' -Verify @j").Single();
        Assert.Equal(4L, Value(some, "Copied"));
        Assert.Equal(["Deleted Items (2)"], Texts($"Get-PstItem '{_folder}/c.pst' | ForEach-Object {{ [string]$_.Folder }}").Distinct());
    }

    [Fact]
    public void An_appointment_in_the_trash_of_a_file_is_looked_for_in_the_calendar_it_went_to() =>
        Assert.Empty(Texts("Compare-PstToMailbox $f $m -PassThru | Where-Object Differences -contains Folder"));

    [Theory]
    [InlineData("en-US", true)]
    [InlineData("ja-JP", false)]
    public void A_name_that_a_folder_nobody_sees_has_is_told(string culture, bool isTaken)
    {
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address b@example.com -Culture {culture} -NoThrottling");
        string[] warnings = Texts("$null = Import-PstToMailbox $f $n -Folder 'Sync Issues*' -WarningVariable w -WarningAction SilentlyContinue @j; $w");

        Assert.Equal(isTaken ? 1 : 0, warnings.Count(w => w.EndsWith("not shown or holds something else: 'Sync Issues (2)' ('Sync Issues').", StringComparison.Ordinal)));
        Assert.Contains(isTaken ? "Sync Issues (2)" : "Sync Issues", Texts("Get-MsMailboxFolder $n"));
    }

    [Fact]
    public void An_eml_backup_has_a_folder_for_each()
    {
        _session.Invoke($"$null = Register-MailboxBackup k $m '{_folder}/bk' -Format Eml -Scheduler None -PlanFolder '{_folder}/plans'");
        PSObject run = _session.Invoke($"Start-MailboxBackup k -PlanFolder '{_folder}/plans'").Single();

        Assert.Equal(92L, Value(run, "Copied"));
        string folder = Directory.GetDirectories(_folder, "Deleted Items (2)", SearchOption.AllDirectories).Single();
        Assert.Equal((4, 6), (CountMail(folder), CountMail(Path.Combine(folder, "..", "Deleted Items"))));
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int CountMail(string folder) => Directory.GetFiles(folder, "*.eml").Length;

    private static object Value(PSObject from, string name) => from.Properties[name].Value;

    private string[] Texts(string script) => [.. _session.InvokeClean(script).Select(o => o.ToString())];
}
