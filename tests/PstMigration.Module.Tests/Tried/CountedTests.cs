using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>What was piped in and cannot be read is counted with what was: a result that only tells of the others looks whole.</summary>
public sealed class CountedTests : TriedTest
{
    [Theory]
    [InlineData("Export-PstItem -Destination out")]
    [InlineData("Import-PstItem -Destination n.pst")]
    [InlineData("Import-PstToMailbox -Mailbox $m")]
    public void Items_that_are_no_more_have_failed(string command)
    {
        string file = Outlook();
        Connect();
        Session.InvokeClean($"$i = Get-PstItem '{file}' -Folder Inbox; $null = $i[0..1] | Remove-PstItem -Permanent -Confirm:$false");

        Assert.Equal(["PstChanged", "PstChanged"], Errors($"$r = $i + $i[0] | {command} -JournalFolder journals"));
        Assert.Equal("8 6 2 2", Session.InvokeClean("\"$($r.Read) $($r.Copied) $($r.Failed) $(@($r.Issues | Where-Object { $_.ReasonId -eq 'PstChanged' }).Count)\"").Single().ToString());
        string? kept = Session.InvokeClean("$t = Get-PstTransfer -JournalFolder journals; \"$($t.Items) $($t.Copied) $($t.Failed)\"").Single().ToString();
        Assert.Equal("8 6 2", kept);
    }

    [Fact]
    public void A_preview_counts_them_too()
    {
        string file = Outlook();
        Session.InvokeClean($"$i = Get-PstItem '{file}' -Folder Inbox; $null = $i[0..1] | Remove-PstItem -Permanent -Confirm:$false");

        Assert.Contains("Cannot be read: 2 item(s)", Session.Show("$i | Import-PstItem -Destination n.pst -WhatIf").ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-PstItem -Destination out")]
    [InlineData("Import-PstItem -Destination n.pst")]
    [InlineData("Import-PstToMailbox -Mailbox $m")]
    public void Items_that_were_recovered_are_brought_back(string command)
    {
        string file = Outlook();
        Connect();
        Session.InvokeClean($"$null = @(Get-PstItem '{file}' -Folder Inbox)[0..1] | Remove-PstItem -Permanent -Confirm:$false; $i = Get-PstItem '{file}' -IncludeDeleted | Where-Object {{ $_.IsRecovered }}");
        int found = Session.InvokeClean("$i").Count;
        Assert.True(found >= 2);

        PSObject result = Result($"$i | {command} -WarningAction Ignore");
        Assert.Equal((found, found, 0), (Number(result, "Read"), Number(result, "Copied"), Number(result, "Failed")));
        PSObject again = Result($"$i | {command} -WarningAction Ignore");
        Assert.Equal((found, 0), (Number(again, "AlreadyThere"), Number(again, "Copied")));
        Assert.Equal([.. Enumerable.Repeat("ItemNotListed", found)], Errors("$i | Remove-PstItem -Permanent -Confirm:$false"));
    }
}
