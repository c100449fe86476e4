using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

public sealed class MimeImportTests
{
    private const string Head =
        "Received: from a by b; Mon, 2 Mar 2026 10:00:05 +0900\r\nFrom: =?UTF-8?B?5bGx55Sw?= <taro@example.jp>\r\nSender: sec@example.jp\r\n"
        + "To: Hanako <hanako@example.jp>, group: a@example.jp, b@example.jp;\r\nCc: c@example.jp\r\nReply-To: \"A; B\" <reply@example.jp>\r\n"
        + "Subject: Re: Hello\r\nDate: Mon, 2 Mar 2026 10:00:00 +0900\r\nMessage-ID: <1@example.jp>\r\nIn-Reply-To: <0@example.jp>\r\n"
        + "References: <a@b>\r\n <c@d>\r\nThread-Index: AQID\r\nImportance: High\r\nSensitivity: Private\r\nKeywords: Red, =?UTF-8?B?6Z2S?=\r\n"
        + "X-Message-Flag: Follow up\r\nX-Own: 1\r\n 2\r\nList-Unsubscribe: <mailto:u@example.jp>\r\nMIME-Version: 1.0\r\n";

    [Fact]
    public void Headers_become_properties()
    {
        MapiItem item = Read(Head + "\r\nbody\r\n");
        PropertyBag p = item.Properties;

        Assert.Equal("IPM.Note", item.MessageClass);
        Assert.Equal(("山田", "taro@example.jp"), (ItemParty.Author(p).Name, ItemParty.Author(p).Smtp));
        Assert.Equal("sec@example.jp", ItemParty.Sender(p).Smtp);
        Assert.Equal(["hanako@example.jp", "a@example.jp", "b@example.jp", "c@example.jp"], item.Recipients.Select(r => r.SmtpAddress));
        Assert.Equal(RecipientKind.Cc, item.Recipients[3].Kind);
        Assert.Equal("Hanako; a@example.jp; b@example.jp", p.GetString(PropertyTags.DisplayTo));
        Assert.Equal(("Re: Hello", "Re: ", "Hello"), (item.Subject, p.GetString(PropertyTags.SubjectPrefix), p.GetString(PropertyTags.NormalizedSubject)));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero), p.GetTime(PropertyTags.ClientSubmitTime));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 1, 0, 5, TimeSpan.Zero), p.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal("<1@example.jp>", p.GetString(PropertyTags.InternetMessageId));
        Assert.Equal("<0@example.jp>", p.GetString(PropertyTags.InReplyToId));
        Assert.Equal("<a@b> <c@d>", p.GetString(PropertyTags.InternetReferences));
        Assert.Equal([1, 2, 3], p.GetBinary(PropertyTags.ConversationIndex));
        Assert.Equal((2, 1, 2), (p.GetInt32(PropertyTags.Importance), p.GetInt32(PropertyTags.Priority), p.GetInt32(PropertyTags.Sensitivity)));
        Assert.Equal(["Red", "青"], p.GetStrings(PropertyNames.Keywords));
        Assert.Equal("Follow up", p.GetString(PropertyNames.FlagRequest));
        Assert.Equal("1 2", p.GetString(new PropertyName(PropertySets.InternetHeaders, "x-own")));
        Assert.Equal(Head + "\r\n", p.GetString(PropertyTags.TransportMessageHeaders));
        Assert.True(OneOffEntryId.TryRead(FlatEntryList.Read(p.GetBinary(PropertyTags.ReplyRecipientEntries)!)[0], out OneOffEntryId reply));
        Assert.Equal(("A; B", "reply@example.jp"), (reply.DisplayName, reply.Address));
        Assert.Equal("body\r\n", BodyText.ReadPlainText(item));
        Assert.Equal(MessageFlags.None, item.Flags);
    }

    [Theory]
    [InlineData("Importance: Normal", 1)]
    [InlineData("Importance: low", 0)]
    [InlineData("X-Priority: 1 (Highest)", 2)]
    [InlineData("X-Priority: 3", 1)]
    [InlineData("Priority: non-urgent", 0)]
    [InlineData("Priority: urgent", 2)]
    [InlineData("X-Other: 1", 1)]
    public void Importance_has_many_names(string header, int importance) =>
        Assert.Equal(importance, Read(header + "\r\n\r\n").Properties.GetInt32(PropertyTags.Importance));

    [Fact]
    public void Bodies_pictures_files_and_messages_are_told_apart()
    {
        MapiItem item = Read(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
            + "--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
            + "--r\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E9<img src=3D\"cid:p@x\"></p>\r\n"
            + "--r\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n--r--\r\n--a--\r\n"
            + "--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"C:\\\\dir\\\\a.txt\"\r\n\r\nfile\r\n"
            + "--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nTo: i@example.jp\r\n\r\ninner body\r\n"
            + "--m\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--m--\r\n");

        Assert.Equal("<p>é<img src=\"cid:p@x\"></p>", BodyText.Read(item).Html);
        Assert.Equal("plain", BodyText.Read(item).Text);
        Assert.Equal(28591, item.Properties.GetInt32(PropertyTags.InternetCodepage));
        Assert.Equal(["ATT00001.png", "a.txt", "inner", "ATT00002.ics"], item.Attachments.Select(a => a.Name));
        Assert.Equal("p@x", item.Attachments[0].Properties.GetString(PropertyTags.AttachContentId));
        Assert.True(item.Attachments[0].Properties.GetBoolean(PropertyTags.AttachmentHidden));
        Assert.Equal([1, 2, 3], item.Attachments[0].Content!.ToArray());
        Assert.Equal("file", Encoding.ASCII.GetString(item.Attachments[1].Content!.ToArray()));
        MapiItem inner = item.Attachments[2].OpenEmbedded();
        Assert.Equal(("inner", "inner body", "i@example.jp"), (inner.Subject, BodyText.ReadPlainText(inner), inner.Recipients[0].SmtpAddress));
        Assert.Equal(MessageFlags.HasAttachments, item.Flags);
    }

    [Fact]
    public void Large_attachments_are_read_from_where_they_lie()
    {
        byte[] content = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        byte[] mime = Mail.Bytes(Mail.Item("x", "t", null, Mail.File("big.bin", content)));
        CountingSource source = new(mime);

        MapiAttachment attachment = Assert.Single(MimeImport.Read(source).Attachments);
        int opened = source.Opened;
        using Stream one = attachment.Content!.OpenRead();
        using Stream two = attachment.Content!.OpenRead();

        Assert.Equal(content[0], one.ReadByte());
        Assert.Equal(content[0], two.ReadByte());
        Assert.Equal(content[1], one.ReadByte());
        Assert.Equal(content.Length, attachment.Content!.Measure());
        Assert.Equal(content, attachment.Content!.ToArray());
        Assert.InRange(source.Opened, opened + 3, opened + 8);
    }

    [Fact]
    public void Flowed_text_is_unfolded() =>
        Assert.Equal("one two\r\nthree\r\n", BodyText.ReadPlainText(Read("Content-Type: text/plain; format=flowed\r\n\r\none \r\ntwo\r\nthree\r\n")));

    [Fact]
    public void Html_alone_gets_a_text()
    {
        MapiItem item = Read("Content-Type: text/html; charset=utf-8\r\n\r\n<p>a<p>b");

        Assert.Equal("a\r\n\r\nb\r\n", item.Properties.GetString(PropertyTags.Body));
        Assert.Equal(3, item.Properties.GetInt32(PropertyTags.NativeBody));
    }

    [Theory]
    [InlineData("Action: failed", "REPORT.IPM.Note.NDR")]
    [InlineData("Action: delivered", "REPORT.IPM.Note.DR")]
    [InlineData("Action: delayed", "REPORT.IPM.Note.Delayed.DR")]
    public void Delivery_reports_have_their_class(string action, string messageClass) =>
        Assert.Equal(
            messageClass,
            Read("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                + "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b.c\r\n" + action + "\r\n--b--\r\n").MessageClass);

    [Theory]
    [InlineData("displayed", "REPORT.IPM.Note.IPNRN")]
    [InlineData("deleted", "REPORT.IPM.Note.IPNNRN")]
    public void Read_reports_have_their_class(string disposition, string messageClass) =>
        Assert.Equal(
            messageClass,
            Read("Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
                + "Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; " + disposition + "\r\n--b--\r\n").MessageClass);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_signed_message_comes_back_byte_by_byte(string newLine)
    {
        string body = "--b\r\nContent-Type: text/plain\r\n\r\nsigned   text \r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nAAAA\r\n--b--\r\n".Replace("\r\n", newLine);
        string mime = ("From: a@example.jp\r\nSubject: signed\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n\tboundary=b\r\n\r\n").Replace("\r\n", newLine) + body;

        MapiItem item = Read(mime);

        Assert.Equal("IPM.Note.SMIME.MultipartSigned", item.MessageClass);
        Assert.StartsWith("signed   text", BodyText.ReadPlainText(item), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, Encoding.ASCII.GetString(item.Attachments[0].Content!.ToArray()), StringComparison.Ordinal);
        Assert.EndsWith(body, Encoding.ASCII.GetString(Mail.Bytes(item)), StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_mail_round_trips()
    {
        MapiItem item = Read("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n");

        Assert.Equal("IPM.Note.SMIME", item.MessageClass);
        Assert.Equal([1, 2, 3], item.Attachments[0].Content!.ToArray());
        MapiItem again = MimeImport.Read(Mail.Bytes(item));
        Assert.Equal("IPM.Note.SMIME", again.MessageClass);
        Assert.Equal([1, 2, 3], again.Attachments[0].Content!.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_reads_back_with_the_same_content(bool html)
    {
        MapiItem inner = Mail.Item("中のメール", "内側", null, Mail.File("内.bin", [9]));
        MapiItem item = Mail.Item(
            "件名 ①", html ? null : "本文\r\n", html ? "<p>本文<img src=\"cid:a@b\"></p>" : null, Mail.File("絵.png", [1, 2], "a@b", "image/png"), Mail.File("表.xlsx", [3]), Mail.Embedded(inner));
        item.Properties.Set(PropertyNames.Keywords, ["青", "Red"]);

        MapiItem back = MimeImport.Read(Mail.Bytes(item));

        Assert.Equal(ItemDigester.Content(item), ItemDigester.Content(back));
        Assert.Equal(ItemDigester.Identity(item), ItemDigester.Identity(back));
        Assert.Equal(["青", "Red"], back.Properties.GetStrings(PropertyNames.Keywords));
        Assert.Equal(Mail.Bytes(back), Mail.Bytes(MimeImport.Read(Mail.Bytes(back))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("garbage without any header")]
    [InlineData("Subject\r\n\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n")]
    [InlineData("From: <>\r\nTo: ,,;;\r\nDate: never\r\n\r\n")]
    public void Odd_messages_are_items_or_errors_with_an_id(string mime)
    {
        try
        {
            Mail.Bytes(Read(mime));
        }
        catch (MailDataException e)
        {
            Assert.Equal("MimeNotAMessage", e.Id);
        }
    }

    [Fact]
    public void Deep_parts_are_survived()
    {
        StringBuilder mime = new("Subject: deep\r\n");
        for (int i = 0; i < 5000; i++)
        {
            mime.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        }

        MapiItem item = Read(mime.Append("Content-Type: text/plain\r\n\r\nx").ToString());

        Assert.Equal("deep", item.Subject);
        Assert.NotEmpty(Mail.Bytes(item));
    }

    [Fact]
    public void Noise_never_breaks_it()
    {
        byte[] sample = Mail.Bytes(Mail.Item("件名", null, "<p>html</p>", Mail.File("絵.png", [1, 2], "a@b"), Mail.Embedded(Mail.Item())));
        Random random = new(13);
        for (int i = 0; i < 400; i++)
        {
            byte[] noise = (byte[])sample.Clone();
            for (int k = random.Next(1, 30); k > 0; k--)
            {
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            }

            try
            {
                Mail.Bytes(MimeImport.Read(noise));
            }
            catch (MailDataException e)
            {
                Assert.Equal("MimeNotAMessage", e.Id);
            }
        }
    }

    private static MapiItem Read(string mime) => MimeImport.Read(Encoding.GetEncoding(28591).GetBytes(mime));

    private sealed class CountingSource(byte[] bytes) : BinarySource
    {
        public int Opened { get; private set; }

        public override long? Length => bytes.Length;

        public override Stream OpenRead()
        {
            Opened++;
            return new MemoryStream(bytes, writable: false);
        }
    }
}
