using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>What a comparison tells is what a verification tells, and can be worked with.</summary>
public sealed class ComparedTests : TriedTest
{
    [Fact]
    public void What_is_missing_is_piped_into_an_import()
    {
        string file = Outlook();
        Connect();
        Session.InvokeClean($"$null = Import-PstToMailbox '{file}' $m -Folder SentItems");

        PSObject result = Result($"Compare-PstToMailbox '{file}' $m -PassThru | Where-Object {{ $_.Outcome -eq 'Missing' }} | Import-PstToMailbox -Mailbox $m");
        Assert.Equal((10, 10), (Number(result, "Read"), Number(result, "Copied")));
        Assert.Equal(16, Number(Session.InvokeClean($"Compare-PstToMailbox '{file}' $m").Single(), "Same"));
        Assert.Equal(["InputNotTaken"], Errors($"Compare-PstToMailbox '{file}' $m -PassThru -IncludeEqual | Where-Object {{ $_.Outcome }} | Remove-PstItem -WhatIf"));
    }

    [Fact]
    public void Mail_of_several_formats_is_compared_and_taken_back_as_what_was_copied()
    {
        Directory.CreateDirectory(At("mixed"));
        File.WriteAllText(At("mixed/one.eml"), Invitation("one"));
        File.WriteAllText(At("mixed/box.mbox"), "From a@example.com Mon Jan  1 00:00:00 2024\n" + Invitation("two") + "\n");
        Connect();

        PSObject imported = Result("Import-PstToMailbox mixed $m -JournalFolder journals -WarningAction Ignore");
        Assert.Equal(2, Number(imported, "Copied"));
        PSObject compared = Session.InvokeClean("Compare-PstToMailbox mixed $m -WarningAction Ignore").Single();
        Assert.Equal((0, 0, 2), (Number(compared, "Missing"), Number(compared, "Extra"), Number(compared, "Lessened") + Number(compared, "Same")));
        Assert.Equal(2, Number(Session.InvokeClean("Undo-PstTransfer * -Confirm:$false -JournalFolder journals").Single(), "Removed"));
    }

    private static string Invitation(string subject) => $"""
        From: a@example.com
        To: b@example.com
        Date: Mon, 1 Jan 2024 00:00:00 +0000
        Subject: {subject}
        Message-ID: <{subject}@example.com>
        MIME-Version: 1.0
        Content-Type: text/calendar; method=REQUEST; charset=utf-8

        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:x
        METHOD:REQUEST
        BEGIN:VEVENT
        UID:{subject}
        DTSTAMP:20240101T000000Z
        DTSTART:20240102T100000Z
        DTEND:20240102T110000Z
        SUMMARY:{subject}
        ORGANIZER:mailto:a@example.com
        ATTENDEE:mailto:b@example.com
        END:VEVENT
        END:VCALENDAR

        """;
}
