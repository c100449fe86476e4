using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Who wrote, who got it, and whom a report is about.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("B04-docomo-from.eml", "aki..test.@docomo.example", "aki..test.@docomo.example", "ben@example.com")]
    [InlineData("B04-docomo-from-named.eml", "a.b.", "aki.@docomo.example", ".abc@ezweb.example|d..e@docomo.example")]
    [InlineData("B04-to-semicolon.eml", "Aki Test", "aki@example.jp", "a@example.com|b@example.com|c@example.com")]
    public void Nobody_is_dropped(string file, string name, string address, string recipients)
    {
        MapiItem item = Corpus.Read(file);

        ItemParty author = ItemParty.Author(item.Properties);
        Assert.Equal((name, address, "SMTP"), (author.Name, author.Smtp, author.AddressType));
        Assert.Equal(recipients, string.Join("|", item.Recipients.Select(r => r.SmtpAddress)));
        Assert.Empty(item.Losses);

        // Written anew or as it came, it comes back the same.
        foreach (bool isReplayed in new[] { false, true })
        {
            MapiItem back = MimeImport.Read(Mail.Bytes(item, new MimeExportOptions { ReplayTransportHeaders = isReplayed }));
            Assert.Equal((name, address), (ItemParty.Author(back.Properties).Name, ItemParty.Author(back.Properties).Smtp));
            Assert.Equal(recipients, string.Join("|", back.Recipients.Select(r => r.SmtpAddress)));
        }
    }

    [Theory]
    [InlineData("=?UTF-8?B?QmVuIEZvbyA8YmVuQGV4YW1wbGUuY29tPg==?=", "Ben Foo", "ben@example.com")]
    [InlineData("=?UTF-8?Q?Ben_Foo?= <ben@example.com>", "Ben Foo", "ben@example.com")]
    [InlineData("\"=?UTF-8?Q?Foo,_Ben?=\" <ben@example.com>", "Foo, Ben", "ben@example.com")]
    public void Encoded_names_are_read(string from, string name, string address)
    {
        ItemParty author = ItemParty.Author(Corpus.ReadText("From: " + from + "\r\nSubject: x\r\n\r\n").Properties);

        Assert.Equal((name, address), (author.Name, author.Smtp));
    }

    [Fact]
    public void A_name_alone_is_kept_and_told()
    {
        MapiItem item = Corpus.ReadText("From: Accounting Dept\r\nTo: a@b.c, nobody\r\nReply-To: user@\r\nSubject: x\r\n\r\n");

        Assert.Equal("Accounting Dept", ItemParty.Author(item.Properties).Name);
        Assert.Equal("a@b.c; nobody", item.Properties.GetString(PropertyTags.DisplayTo));
        Assert.Equal(["AddressUnresolved: Accounting Dept", "AddressUnresolved: user@", "AddressUnresolved: nobody"], item.Losses.Select(l => l.ToString()));
        Assert.Contains("Accounting Dept", Mail.Write(item, new MimeExportOptions { ReplayTransportHeaders = false }).From.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Addresses as data files have them, in every place an item has one.</summary>
    [Theory]
    [InlineData("aki..x.@docomo.example", "\"aki..x.\"@docomo.example")]
    [InlineData("a.@b", "\"a.\"@b")]
    [InlineData(".a@b", "\".a\"@b")]
    [InlineData("a@b@c", "\"a@b\"@c")]
    [InlineData("mailto:a@b", "a@b")]
    [InlineData("smtp:a@b", "a@b")]
    [InlineData("a,b@c", "\"a,b\"@c")]
    [InlineData("a:b@c", "\"a:b\"@c")]
    [InlineData("a[b]@c", "\"a[b]\"@c")]
    [InlineData("a\\b@c", "\"a\\\\b\"@c")]
    [InlineData("a\"b@c", "\"a\\\"b\"@c")]
    [InlineData("<a@b>", "a@b")]
    [InlineData("a@b..c", null)]
    [InlineData("a@b;c@d", null)]
    [InlineData("user@", null)]
    [InlineData("john doe@b", null)]
    [InlineData("half", null)]
    public void No_address_ends_an_export(string address, string? written)
    {
        // Attributes cannot hold half a character.
        address = address == "half" ? "half\uD800@b" : address;
        MapiItem item = Mail.Item("x", "t");
        item.Properties.Set(PropertyTags.SentRepresentingEmailAddress, address);
        item.Properties.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write([new OneOffEntryId("R", "SMTP", address).ToArray()]));
        item.Recipients.Insert(0, Mail.Recipient(1, "Phone", address));
        MapiItem nameless = Mail.Item("x", "t");
        nameless.Recipients.Clear();
        nameless.Properties.Set(PropertyTags.DisplayTo, address.Replace(";", ""));

        string mime = Encoding.UTF8.GetString(Mail.Bytes(item)).Replace("\r\n ", " ");

        Assert.Contains("<" + (written ?? "unresolved@ex.invalid") + ">", mime, StringComparison.Ordinal);
        Assert.Contains("Hanako", mime, StringComparison.Ordinal);
        Assert.Equal(written is null, Mail.Losses(item).Contains("AddressUnresolved", StringComparison.Ordinal));
        Assert.NotEmpty(Mail.Bytes(nameless));
        MapiItem outer = Mail.Item("outer", "t", null, Mail.Embedded(item));
        Assert.NotEmpty(Mail.Bytes(outer));
    }

    [Fact]
    public void A_header_block_is_mended_address_by_address()
    {
        MapiItem item = Mail.Item("x", "t");
        item.Properties.Set(PropertyTags.TransportMessageHeaders, "From: aki..x.@docomo.example\r\nTo: b.@docomo.example, ben@example.com\r\nCc: a; c@example.com\r\nSubject: x\r\nDate: Mon, 2 Mar 2026 10:00:00 +0900\r\n\r\n");

        string mime = Encoding.ASCII.GetString(Mail.Bytes(item)).Replace("\r\n\t", " ");

        Assert.Contains("From: \"aki..x.\"@docomo.example\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("To: \"b.\"@docomo.example, ben@example.com\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("Cc: a <unresolved@ex.invalid>, c@example.com\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("AddressUnresolved", Mail.Losses(item), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C2-dsn-angle.eml", "b@example.com")]
    [InlineData("C2-dsn-docomo.eml", "hanako..s@docomo.example")]
    public void A_bounce_of_a_file_is_read(string file, string recipient) => AssertBounce(Corpus.Read(file), recipient);

    [Theory]
    [InlineData("rfc822; CN=Foo Bar/O=Org@Org", "CN=Foo Bar/O=Org@Org")]
    [InlineData("X400; /G=Ben/S=Foo/", "/G=Ben/S=Foo/")]
    [InlineData("rfc822; a@b, c@d", "a@b, c@d")]
    [InlineData("rfc822; Name <a@b>", "a@b")]
    [InlineData("unknown; undisclosed-recipients:", "undisclosed-recipients:")]
    [InlineData("rfc822; a@b;", "a@b")]
    [InlineData("rfc822; a@b@c", "\"a@b\"@c")]
    [InlineData("rfc822;", null)]
    [InlineData("utf-8; \u00E4@b.example", "\u00E4@b.example")]
    [InlineData("rfc822; \u00E4@b.example", "\u00E4@b.example")]
    public void A_bounce_may_be_about_any_text(string final, string? recipient) =>
        AssertBounce(Corpus.ReadText(Report("delivery-status", "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: " + final + "\r\nAction: failed\r\nStatus: 5.1.1\r\n")), recipient);

    [Theory]
    [InlineData("not a header")]
    [InlineData("")]
    [InlineData(": no name\r\n")]
    public void A_report_without_a_field_is_mail_with_the_part_as_a_file(string fields)
    {
        foreach (string type in new[] { "disposition-notification", "delivery-status" })
        {
            MapiItem item = Corpus.ReadText(Report(type, fields));

            Assert.Equal("IPM.Note", item.MessageClass);
            Assert.Single(item.Attachments);
            Assert.NotEmpty(Mail.Bytes(item));
        }

        Assert.Equal("IPM.Note", Corpus.Read("C3-mdn-garbage.eml").MessageClass);
    }

    private static void AssertBounce(MapiItem item, string? recipient)
    {
        Assert.Equal("REPORT.IPM.Note.NDR", item.MessageClass);
        MapiRecipient about = Assert.Single(item.Recipients);
        Assert.Equal(recipient ?? "a@example.jp", about.Properties.GetString(PropertyTags.EmailAddress));
        MapiItem back = MimeImport.Read(Mail.Bytes(item, new MimeExportOptions { ReplayTransportHeaders = false }));
        Assert.Equal(recipient is null ? null : recipient, recipient is null ? null : back.Recipients[0].Properties.GetString(PropertyTags.EmailAddress));
    }

    private static string Report(string type, string fields) =>
        "From: m@mx.example\r\nTo: a@example.jp\r\nSubject: x\r\nContent-Type: multipart/report; report-type=" + type + "; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: message/" + type + "\r\n\r\n" + fields + "\r\n--b--\r\n";
}
