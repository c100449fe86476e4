using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

public sealed class MimeExportTests
{
    private const string Received =
        "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0900\r\nDKIM-Signature: v=1; a=rsa-sha256;\r\n\tb=abc\r\n"
        + "From: \"Original\" <original@example.com>\r\nTo: list@example.com\r\nSubject: As it was\r\nDate: Mon, 2 Mar 2026 10:00:00 +0900\r\n"
        + "Message-ID: <received@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-2022-jp\r\nX-Spam: no\r\n";

    [Fact]
    public void Headers_are_made_from_the_properties()
    {
        MimeMessage message = Mail.Write(Mail.Item("会議のお知らせ ①"));

        Assert.Equal("会議のお知らせ ①", message.Subject);
        Assert.Equal(Mail.Sent, message.Date);
        Assert.Equal("1@example.jp", message.MessageId);
        MailboxAddress from = Assert.IsType<MailboxAddress>(Assert.Single(message.From));
        Assert.Equal(("山田 太郎", "taro@example.jp"), (from.Name, from.Address));
        Assert.Equal("\"Hanako\" <hanako@example.jp>", message.To.ToString());
        Assert.Equal("cc@example.jp", message.Cc.ToString());
        Assert.Equal("bcc@example.jp", message.Bcc.ToString());
        Assert.Null(message.Sender);
        Assert.Equal("text", message.TextBody?.Trim());
    }

    [Fact]
    public void Bcc_can_be_left_out() => Assert.Empty(Mail.Write(Mail.Item(), new MimeExportOptions { OmitBcc = true }).Bcc);

    [Fact]
    public void The_same_item_gives_the_same_bytes()
    {
        MapiItem item = Mail.Item("x", "text", "<p>html <img src=\"cid:a@b\"></p>", Mail.File("a.png", [1, 2, 3], "a@b"), Mail.File("b.bin", [4]));
        item.Properties.Remove(PropertyTags.InternetMessageId);

        Assert.Equal(Mail.Bytes(item), Mail.Bytes(item));
        Assert.EndsWith("@pstmigration.invalid", Mail.Write(item).MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_end_in_crlf_and_headers_are_ascii()
    {
        byte[] bytes = Mail.Bytes(Mail.Item("日本語の件名", "日本語", "<p>日本語</p>", Mail.File("請求書.pdf", [1])));

        Assert.DoesNotContain(Enumerable.Range(1, bytes.Length - 1), i => bytes[i] == '\n' && bytes[i - 1] != '\r');
        Assert.All(bytes, b => Assert.InRange(b, 1, 0x7F));
    }

    [Fact]
    public void A_sender_on_behalf_is_told()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyTags.SenderName, "Secretary");
        item.Properties.Set(PropertyTags.SenderAddressType, "SMTP");
        item.Properties.Set(PropertyTags.SenderEmailAddress, "secretary@example.jp");

        Assert.Equal("secretary@example.jp", Mail.Write(item).Sender?.Address);
    }

    [Fact]
    public void One_person_stored_in_two_ways_is_no_sender_on_behalf()
    {
        MapiItem item = Mail.Item();
        item.Properties.Remove(PropertyTags.SentRepresentingAddressType);
        item.Properties.Remove(PropertyTags.SentRepresentingEmailAddress);
        item.Properties.Set(PropertyTags.SentRepresentingSearchKey, SearchKeys.ForAddress("EX", "/o=x/cn=taro"));
        SetSender(item, "EX", "/o=X/cn=Taro");

        Assert.Null(Mail.Write(item).Sender);

        SetSender(item, "EX", "/o=X/cn=Jiro");

        Assert.NotNull(Mail.Write(item).Sender);
    }

    [Fact]
    public void An_author_without_an_smtp_address_keeps_the_one_there_is()
    {
        MapiItem item = Mail.Item();
        item.Properties.Remove(PropertyTags.SentRepresentingAddressType);
        item.Properties.Remove(PropertyTags.SentRepresentingEmailAddress);
        item.Properties.Set(PropertyTags.SentRepresentingSearchKey, SearchKeys.ForAddress("EX", "/o=x/cn=taro"));
        SetSender(item, "EX", "/o=X/cn=Taro");
        MimeExportOptions ownFile = new() { IncludeMailboxState = true };

        MapiItem own = MimeImport.Read(Mail.Bytes(Mail.Item("x", "x", null, Mail.Embedded(item)), ownFile), new MimeImportOptions { IsFromOwnFile = true })
            .Attachments.Single().OpenEmbedded();
        MapiItem foreign = MimeImport.Read(Mail.Bytes(item, ownFile));

        foreach (ItemParty party in new[] { ItemParty.Author(own.Properties), ItemParty.Sender(own.Properties) })
        {
            Assert.Equal(("EX", "/o=X/cn=Taro", null), (party.AddressType, party.Address, party.Smtp));
        }

        Assert.Equal(SearchKeys.ForAddress("EX", "/o=x/cn=taro"), own.Properties.GetBinary(PropertyTags.SenderSearchKey));
        Assert.Equal(("", "", null), (ItemParty.Author(foreign.Properties).AddressType, ItemParty.Author(foreign.Properties).Address, ItemParty.Author(foreign.Properties).Smtp));
        Assert.DoesNotContain("cn=Taro", Encoding.ASCII.GetString(Mail.Bytes(item)), StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_to_comes_from_the_entry_ids()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(
            PropertyTags.ReplyRecipientEntries,
            FlatEntryList.Write([new OneOffEntryId("A; B", "SMTP", "a@example.jp").ToArray(), new OneOffEntryId("", "SMTP", "b@example.jp").ToArray()]));

        Assert.Equal(["a@example.jp", "b@example.jp"], Mail.Write(item).ReplyTo.Mailboxes.Select(m => m.Address));
    }

    [Fact]
    public void An_exchange_address_is_never_made_up()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyTags.SentRepresentingAddressType, "EX");
        item.Properties.Set(PropertyTags.SentRepresentingEmailAddress, "/o=x/cn=taro");

        Assert.Equal("unresolved@ex.invalid", Mail.Write(item).From.Mailboxes.Single().Address);
        Assert.Contains(nameof(LossKind.AddressUnresolved), Mail.Losses(item), StringComparison.Ordinal);
        MimeExportOptions options = new() { ResolveExchangeAddress = dn => dn == "/o=x/cn=taro" ? "known@example.jp" : null };
        Assert.Equal("known@example.jp", Mail.Write(item, options).From.Mailboxes.Single().Address);
        Assert.Equal("", Mail.Losses(item, options));
    }

    [Fact]
    public void An_exchange_address_is_known_from_another_place_in_the_item()
    {
        MapiRecipient self = Mail.Recipient(1, "Taro", "/O=X/CN=TARO");
        self.Properties.Set(PropertyTags.AddressType, "EX");
        self.Properties.Set(PropertyTags.SmtpAddress, "taro@example.jp");
        MapiItem item = Mail.Item();
        item.Recipients.Add(self);
        item.Properties.Set(PropertyTags.SentRepresentingAddressType, "EX");
        item.Properties.Set(PropertyTags.SentRepresentingEmailAddress, "/o=x/cn=taro");

        Assert.Equal("taro@example.jp", Mail.Write(item).From.Mailboxes.Single().Address);
        Assert.Equal("", Mail.Losses(item));
    }

    [Fact]
    public void A_lost_recipient_table_leaves_the_names()
    {
        MapiItem item = Mail.Item();
        item.Recipients.Clear();
        item.Properties.Set(PropertyTags.DisplayTo, "Somebody; other@example.jp");

        Assert.Equal(["unresolved@ex.invalid", "other@example.jp"], Mail.Write(item).To.Mailboxes.Select(m => m.Address));
    }

    [Fact]
    public void No_line_break_gets_into_a_header()
    {
        MapiItem item = Mail.Item("a\r\nBcc: evil@example.com\r\n\r\nbody");
        item.Properties.Set(PropertyTags.SentRepresentingName, "x\r\nX-Evil: 1");
        item.Properties.Set(PropertyTags.InternetMessageId, "<a@b>\r\nX-Evil: 1");
        item.Properties.Set(new PropertyName(PropertySets.InternetHeaders, "x-ok"), "1\r\nX-Evil: 1");
        item.Properties.Set(new PropertyName(PropertySets.InternetHeaders, "x-no: \r\nX-Evil"), "1");

        MimeMessage message = Mail.Write(item);

        Assert.Equal("bcc@example.jp", message.Bcc.ToString());
        Assert.DoesNotContain(message.Headers, h => h.Field.Equals("X-Evil", StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(message.Headers["x-ok"]);
    }

    [Fact]
    public void Received_headers_are_replayed()
    {
        MapiItem item = Mail.Item("Changed", "日本語");
        item.Properties.Set(PropertyTags.TransportMessageHeaders, "Microsoft Mail Internet Headers Version 2.0\r\n" + Received + "\r\nContent-Type: inner/part\r\n");
        item.Properties.Set(PropertyNames.Keywords, ["Red", "青"]);

        MimeMessage message = Mail.Write(item);

        Assert.Equal(
            ["Received", "DKIM-Signature", "From", "To", "Subject", "Date", "Message-ID", "X-Spam"],
            message.Headers.Select(h => h.Field).Take(8));
        Assert.Equal("As it was", message.Subject);
        Assert.Equal("received@example.com", message.MessageId);
        Assert.Empty(message.Bcc);
        Assert.Equal("utf-8", Assert.IsType<TextPart>(message.Body).ContentType.Charset);
        Assert.Equal("日本語", message.TextBody);
        Assert.Null(message.Headers["Keywords"]);
        Assert.Equal("Red, 青", Mail.Write(item, new MimeExportOptions { IncludeState = true }).Headers["Keywords"]);
        Assert.Equal("Changed", Mail.Write(item, new MimeExportOptions { ReplayTransportHeaders = false }).Subject);
    }

    [Theory]
    [InlineData("not headers at all")]
    [InlineData("X-Only: this\r\n")]
    [InlineData("\0\0\0")]
    public void A_block_that_is_none_is_made_anew(string block)
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyTags.TransportMessageHeaders, block);

        Assert.Equal("Hello", Mail.Write(item).Subject);
        Assert.Equal("taro@example.jp", Mail.Write(item).From.Mailboxes.Single().Address);
    }

    [Fact]
    public void A_draft_does_not_replay()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyTags.TransportMessageHeaders, Received);
        item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Unsent);

        Assert.Equal("Hello", Mail.Write(item).Subject);
    }

    [Fact]
    public void Importance_thread_categories_and_flag_have_headers()
    {
        MapiItem item = Mail.Item();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.Importance, 2);
        p.Set(PropertyTags.Sensitivity, 3);
        p.Set(PropertyTags.InReplyToId, "<0@example.jp>");
        p.Set(PropertyTags.InternetReferences, "<a@b> <c@d>");
        p.Set(PropertyTags.ConversationTopic, "Topic");
        p.Set(PropertyTags.ConversationIndex, [1, 2, 3]);
        p.Set(PropertyNames.Keywords, ["仕事", "x"]);
        p.Set(PropertyNames.FlagRequest, "Follow up");
        p.Set(new PropertyName(PropertySets.InternetHeaders, "x-mailer"), "Something");

        MimeMessage message = Mail.Write(item);

        Assert.Equal("high", message.Headers["Importance"]);
        Assert.Equal("Company-Confidential", message.Headers["Sensitivity"]);
        Assert.Equal("0@example.jp", message.InReplyTo);
        Assert.Equal(["a@b", "c@d"], message.References);
        Assert.Equal("Topic", message.Headers["Thread-Topic"]);
        Assert.Equal("AQID", message.Headers["Thread-Index"]);
        Assert.Equal("仕事, x", message.Headers["Keywords"]);
        Assert.Equal("Follow up", message.Headers["X-Message-Flag"]);
        Assert.Equal("Something", message.Headers["X-Mailer"]);
    }

    [Fact]
    public void Receipts_are_disarmed_on_request()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyTags.ReadReceiptRequested, true);
        MimeExportOptions options = new() { DisarmReceipts = true };

        Assert.NotNull(Mail.Write(item).Headers["Disposition-Notification-To"]);
        Assert.Null(Mail.Write(item, options).Headers["Disposition-Notification-To"]);
        Assert.Equal(nameof(LossKind.ReceiptDisarmed), Mail.Losses(item, options));
        item.Properties.Set(PropertyTags.TransportMessageHeaders, Received + "Disposition-Notification-To: a@b.c\r\nReturn-Receipt-To: a@b.c\r\n");
        Assert.DoesNotContain(Mail.Write(item, options).Headers, h => h.Field.Contains("Receipt") || h.Field.Contains("Disposition-N"));
    }

    [Fact]
    public void Html_stands_beside_text_and_pictures_stand_in_it()
    {
        MapiItem item = Mail.Item(
            "x",
            null,
            "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=iso-2022-jp\"></head><body><p>日本<img src=\"cid:pic@x\"></p></body></html>",
            Mail.File("pic.png", [1, 2], "pic@x", "image/png"),
            Mail.File("請求書.pdf", [3, 4, 5]));

        Multipart mixed = Assert.IsType<Multipart>(Mail.Write(item).Body, exactMatch: false);
        MultipartAlternative alternative = Assert.IsType<MultipartAlternative>(mixed[0]);
        MultipartRelated related = Assert.IsType<MultipartRelated>(alternative[1]);
        MimePart picture = Assert.IsType<MimePart>(related[1]);
        MimePart file = Assert.IsType<MimePart>(mixed[1]);

        Assert.Equal("mixed", mixed.ContentType.MediaSubtype);
        Assert.Equal("日本\r\n", Encoding.UTF8.GetString(Mail.Content(Assert.IsType<TextPart>(alternative[0]))));
        Assert.Contains("charset=utf-8\"", Assert.IsType<TextPart>(related[0]).Text, StringComparison.Ordinal);
        Assert.Equal("pic@x", picture.ContentId);
        Assert.Equal("inline", picture.ContentDisposition!.Disposition);
        Assert.Equal([1, 2], Mail.Content(picture));
        Assert.Equal("請求書.pdf", file.FileName);
        Assert.Equal("application/pdf", file.ContentType.MimeType);
        Assert.Equal([3, 4, 5], Mail.Content(file));
    }

    [Fact]
    public void Messages_nest_and_stop_somewhere()
    {
        MapiItem item = Mail.Item("innermost");
        for (int i = 0; i < 40; i++)
        {
            item = Mail.Item("level " + i, "t", null, Mail.Embedded(item));
        }

        Multipart mixed = Assert.IsType<Multipart>(Mail.Write(item).Body, exactMatch: false);
        MessagePart inner = Assert.IsType<MessagePart>(mixed[1]);

        Assert.Equal("level 38", inner.Message!.Subject);
        Assert.Equal("level 38.eml", inner.ContentDisposition!.FileName);
        Assert.Equal(nameof(LossKind.NestedAttachment), Mail.Losses(item));
    }

    [Fact]
    public void What_has_no_bytes_is_told()
    {
        MapiAttachment reference = Mail.File("plan.xls", []);
        reference.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReferenceOnly);
        reference.Properties.Set(PropertyTags.AttachLongPathname, @"\\server\share\plan.xls");
        MapiAttachment ole = new();
        ole.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        ole.Properties[PropertyTags.AttachDataObject] = PropertyValue.FromBinary([0xD0, 0xCF], PropertyType.Object);
        MapiItem item = Mail.Item("x", "t", null, reference, ole);

        MimePart[] parts = Mail.Write(item).Attachments.OfType<MimePart>().ToArray();

        Assert.Equal(["plan.xls.txt", "attachment.ole"], parts.Select(p => p.FileName));
        Assert.Contains(@"\\server\share\plan.xls", Encoding.UTF8.GetString(Mail.Content(parts[0])), StringComparison.Ordinal);
        Assert.Equal("AttachmentByReference, OleObject", Mail.Losses(item));
    }

    [Fact]
    public void A_signed_entity_goes_through_byte_by_byte()
    {
        byte[] entity = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\";\r\n\tmicalg=sha1; boundary=\"b\"\r\n\r\nprologue\r\n--b\r\n"
            + "Content-Type: text/plain\r\n\r\nsigned   text \r\n--b\r\nContent-Type: application/x-pkcs7-signature\r\n\r\nAAAA\r\n--b--\r\n");
        MapiItem item = Mail.Item("署名", "x", null, Mail.File("smime.p7m", entity, null, "multipart/signed"));
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Note.SMIME.MultipartSigned");

        byte[] bytes = Mail.Bytes(item);
        string text = Encoding.ASCII.GetString(bytes);

        Assert.EndsWith("MIME-Version: 1.0\r\n" + Encoding.ASCII.GetString(entity), text, StringComparison.Ordinal);
        Assert.Equal("署名", Mail.Parse(bytes).Subject);
        Assert.IsType<MultipartSigned>(Mail.Parse(bytes).Body, exactMatch: false);
        byte[] outer = Mail.Bytes(Mail.Item("outer", "t", null, Mail.Embedded(item)));
        Assert.Contains(Encoding.ASCII.GetString(entity), Encoding.ASCII.GetString(outer), StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_mail_stays_closed()
    {
        MapiItem item = Mail.Item("x", null, null, Mail.File("smime.p7m", [1, 2, 3], null, "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"));
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Note.SMIME");

        MimePart part = Assert.IsType<MimePart>(Mail.Write(item).Body, exactMatch: false);

        Assert.Equal("application/pkcs7-mime", part.ContentType.MimeType);
        Assert.Equal("enveloped-data", part.ContentType.Parameters["smime-type"]);
        Assert.Equal([1, 2, 3], Mail.Content(part));
    }

    [Fact]
    public void What_has_no_place_in_mime_is_told()
    {
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyNames.Keywords, ["carried"]);
        Assert.Equal("", Mail.Losses(item));

        item.Properties.Set(PropertyTags.MessageClass, "IPM.Task");
        item.Properties.Set(new PropertyName(PropertySets.Task, 0x8101), 1);

        Assert.Equal("MessageClass, NamedProperties", Mail.Losses(item));
    }

    [Fact]
    public void An_item_of_nothing_is_still_a_message()
    {
        MimeMessage message = Mail.Write(new MapiItem());

        Assert.Equal("", message.Subject);
        Assert.NotNull(message.MessageId);
    }

    private static void SetSender(MapiItem item, string type, string address)
    {
        item.Properties.Set(PropertyTags.SenderName, "山田 太郎");
        item.Properties.Set(PropertyTags.SenderAddressType, type);
        item.Properties.Set(PropertyTags.SenderEmailAddress, address);
        item.Properties.Set(PropertyTags.SenderSearchKey, SearchKeys.ForAddress(type, address));
    }
}
