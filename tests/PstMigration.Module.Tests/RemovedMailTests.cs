using System.Globalization;
using System.Management.Automation;
using PstMigration.Module.Tests.Tried;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What -RemoveAfterVerify took out of the mailbox, and what people emptied away, comes back from whatever holds it.</summary>
public sealed class RemovedMailTests : TriedTest
{
    private int Inside => Session.InvokeClean("Get-MsMailboxFolder $m").Sum(f => Number(f, "Items"));

    [Theory]
    [InlineData("Import-PstToMailbox l.pst $m", 14)]
    [InlineData("Import-PstToMailbox O.pst $m", 14)]
    [InlineData("Get-PstItem l.pst | Import-PstToMailbox -Mailbox $m", 14)]
    [InlineData("Import-PstToMailbox l.pst $m -TargetFolder Back", 14)]
    [InlineData("Get-MailboxBackup rb -PlanFolder plans | Import-PstToMailbox -Mailbox $m", 14)]
    public void What_an_archive_run_removed_is_brought_back(string import, int copied)
    {
        Connect();
        Outlook();
        Session.InvokeClean("$null = Import-PstToMailbox O.pst $m");
        Session.InvokeClean("$null = Register-MailboxBackup rb $m ./bkr -Scheduler None -PlanFolder plans; $null = Start-MailboxBackup rb -PlanFolder plans");
        Assert.Equal(14, Number(Result("Export-MailboxToPst $m l.pst -OlderThan 2015-01-01 -RemoveAfterVerify -Force"), "Removed"));
        Assert.Equal(2, Inside);

        PSObject back = Result(import);

        Assert.Equal((copied, 0), (Number(back, "Copied"), Number(back, "Failed")));
        Assert.Equal(16, Inside);
        Assert.Equal(0, Number(Result(import), "Copied"));
    }

    [Fact]
    public void Taking_an_import_back_says_of_what_the_archive_run_removed_that_it_is_not_there()
    {
        Connect();
        Outlook();
        Session.InvokeClean("$null = Import-PstToMailbox O.pst $m -JournalFolder j; $null = Export-MailboxToPst $m l.pst -OlderThan 2015-01-01 -RemoveAfterVerify -Force -JournalFolder j");

        PSObject undone = Session.InvokeClean("Get-PstTransfer -JournalFolder j | Where-Object Source -like '*O.pst' | Undo-PstTransfer -Force -Confirm:$false -JournalFolder j").Single();

        Assert.Equal((2, 0), (Number(undone, "Removed"), Number(undone, "Moved")));
    }
}
