using System.Diagnostics;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Header blocks that are not by the book, and what is written of them.</summary>
public sealed class HeaderBlockTests
{
    private const string Head = "From: a@example.jp\r\nTo: b@example.com\r\nSubject: it\r\n";

    [Theory]
    [InlineData("+OK 120 octets\r\n" + Head + "\r\nx")]
    [InlineData("--part\r\n" + Head + "\r\nx")]
    [InlineData("\u008AFrom: c\r\n" + Head + "\r\nx")]
    [InlineData("From: a@example.jp\r\nTo: b@example.com\r\nSubject: it\r\n\r\r\nx")]
    [InlineData("From: a@example.jp\r\r\r\nTo: b@example.com\r\r\r\nSubject: it\r\r\r\n\r\r\r\nx")]
    [InlineData("From: a@example.jp\r\nTo: b@example.com\r\r\nSubject: it\r\r\n\r\r\nx")]
    [InlineData("X-First: 1\r\nFrom: a@example.jp\rTo: b@example.com\rSubject: it\r\rx")]
    [InlineData("From: a@example.jp\r\n\rTo: b@example.com\r\n\rSubject: it\r\n\r\nx")]
    [InlineData("\u00FF\u00FEFrom: a@example.jp\r\nTo: b@example.com\r\nSubject: it\r\n\r\nx")]
    public void The_headers_are_found(string mail)
    {
        MapiItem item = Corpus.ReadText(mail);

        Assert.Equal("a@example.jp", ItemParty.Author(item.Properties).Smtp);
        Assert.Equal(("it", "b@example.com", "x"), (item.Subject, Assert.Single(item.Recipients).SmtpAddress, Corpus.Text(item)));
    }

    [Theory]
    [InlineData("a\rb", "a b")]
    [InlineData("a\0b", "ab")]
    [InlineData("\u00FF\u00FEx", "\u00FF\u00FEx")]
    [InlineData("=?UTF-8?Q?a=", "=?UTF-8?Q?a=")]
    [InlineData("a\u008D", "a\uFFFD")]
    public void Text_of_a_header_is_read_and_comes_back(string text, string subject)
    {
        MapiItem item = Corpus.ReadText("From: a@example.jp\r\nTo: b@example.com\r\nSubject: " + text + "\r\nDate: Tue, 03 Mar 2015 10:20:30 +0900\r\n\r\nx", new MimeImportOptions { CodePage = subject == "a\uFFFD" ? 932 : 0 });
        string read = item.Subject.Replace('\u30FB', '\uFFFD');

        Assert.Equal(subject, read);
        Assert.Equal(item.Subject, MimeImport.Read(Mail.Bytes(item)).Subject);
        Assert.NotNull(item.Properties.GetTime(PropertyTags.ClientSubmitTime));
    }

    /// <summary>A calendar looks like headers, and a line of blanks like an empty one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\t\r\n")]
    [InlineData("\f\r\n")]
    public void Text_begins_where_no_line_is_empty(string between)
    {
        string mail = Head + "Content-Type: text/calendar; method=REQUEST\r\n" + between
            + "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u@x\r\nDTSTAMP:20150301T000000Z\r\nORGANIZER:mailto:a@example.jp\r\nDTSTART:20150710T000000Z\r\nDTEND:20150710T010000Z\r\nSUMMARY:S\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        MapiItem item = Corpus.ReadText(mail);

        Assert.Equal("IPM.Schedule.Meeting.Request", item.MessageClass);
        Assert.Equal(new DateTimeOffset(2015, 7, 10, 0, 0, 0, TimeSpan.Zero), item.Properties.GetTime(new PropertyName(PropertySets.Appointment, 0x820D)));
    }

    [Theory]
    [InlineData("01 Jan 0001 00:00:00 +1400")]
    [InlineData("31 Dec 9999 23:59:59 -1200")]
    [InlineData("Tue, 3 M\uFFFEx 2015")]
    public void A_date_that_is_none_is_none(string date) =>
        Assert.Null(MimeImport.Read(System.Text.Encoding.UTF8.GetBytes("From: a@b.example\r\nDate: " + date + "\r\n\r\nx")).Properties.GetTime(PropertyTags.ClientSubmitTime));

    /// <summary>RFC 5322 3.6: a line of addresses stands once. What is wrong with one of several does not reach into the next.</summary>
    [Fact]
    public void Several_lines_are_written_as_one()
    {
        MapiItem item = Corpus.ReadText("From: a@example.jp\r\nTo:Ben <b@example.com>\r\nTo: \"Open <c@example.com>\r\nTo: d@example.com; e@example.com\r\nMessage-ID: <1@x>\r\n\r\nx");
        string[] addresses = ["b@example.com", "c@example.com", "d@example.com", "e@example.com"];

        Assert.Equal(addresses, item.Recipients.Select(r => r.SmtpAddress));
        Assert.Equal(addresses, Mail.Write(item).To.Mailboxes.Select(m => m.Address));
    }

    /// <summary>RFC 5322 4.5: blanks between a name and its colon were in order once.</summary>
    [Fact]
    public void A_name_may_stand_away_from_its_colon()
    {
        MapiItem item = Corpus.ReadText("From : a@example.jp\r\nTo\t: b@example.com\r\nSubject\r: it\r\n on\r\nTo: c@example.com\r\nMessage-ID: <1@x>\r\n\r\nx");
        MimeKit.MimeMessage written = Mail.Write(item);

        Assert.Equal(["b@example.com", "c@example.com"], item.Recipients.Select(r => r.SmtpAddress));
        Assert.Equal(["b@example.com", "c@example.com"], written.To.Mailboxes.Select(m => m.Address));
        Assert.Equal(("a@example.jp", "it on"), (written.From.Mailboxes.Single().Address, written.Subject));
    }

    /// <summary>Who has no address is written with one that says so, and read as somebody without one.</summary>
    [Fact]
    public void An_address_nobody_has_comes_back_as_none()
    {
        MapiItem item = Corpus.ReadText("From: a@example.jp\r\nTo: Taro <" + MailAddress.Unresolved + ">\r\n\r\nx");

        MapiRecipient recipient = Assert.Single(item.Recipients);
        Assert.Equal(("Taro", null, null), (recipient.DisplayName, recipient.SmtpAddress, recipient.Properties.GetString(PropertyTags.EmailAddress)));
    }

    /// <summary>A report has one machine-readable part; what else looks like one stays a file.</summary>
    [Fact]
    public void No_part_of_a_report_is_lost()
    {
        string part = "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@y.example\r\n\r\n";
        MapiItem item = Corpus.ReadText("From: a@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" + part + part + part + "--b--\r\n");

        Assert.Equal(3, item.Attachments.Count);
        Assert.Equal(3, MimeImport.Read(Mail.Bytes(item)).Attachments.Count);
    }

    /// <summary>A line is written at once, not anew for each party on it.</summary>
    [Fact]
    public void A_line_of_thousands_takes_no_time()
    {
        string many = string.Join(", ", Enumerable.Range(0, 8000).Select(i => $"n{i} <a{i}@b.example>"));
        MapiItem replayed = Corpus.ReadText("From: a@b.example\r\nMessage-ID: <1@x>\r\nTo: " + many + "; c@b.example\r\n\r\nx");
        MapiItem made = Corpus.ReadText("From: a@b.example\r\nTo: " + many + "\r\n\r\nx", new MimeImportOptions { KeepTransportHeaders = false });
        Stopwatch watch = Stopwatch.StartNew();

        int[] counts = [.. new[] { replayed, made }.Select(i => Mail.Write(i).To.Count)];

        Assert.Equal([8001, 8000], counts);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    /// <summary>What was in a damaged winmail.dat lies beside it: it is not unpacked once more.</summary>
    [Fact]
    public void A_winmail_that_was_unpacked_is_a_file()
    {
        MapiItem item = Corpus.Read("B10-tnef-badsum.eml");
        ItemKey key = new("s", "k");
        ItemProvenance provenance = new(key, new ItemVersion("1"), ItemDigester.Content(item), FolderPath.Root, ItemIdentity.Of(item));

        MapiItem back = MimeImport.Read(Mail.Bytes(item, new MimeExportOptions { Provenance = provenance }), new MimeImportOptions { IsFromOwnFile = true });

        Assert.Equal(item.Attachments.Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal), back.Attachments.Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
    }
}
