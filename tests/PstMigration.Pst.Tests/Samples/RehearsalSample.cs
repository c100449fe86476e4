using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Samples;

/// <summary>Makes samples/rehearsal.pst: the small mailbox of a fictitious office in Osaka. The same bytes every time.</summary>
internal static class RehearsalSample
{
    private static readonly PropertyName s_yomiFirstName = new(PropertySets.Address, 0x802C);
    private static readonly PropertyName s_yomiLastName = new(PropertySets.Address, 0x802D);
    private static readonly PropertyName s_email1DisplayName = new(PropertySets.Address, 0x8080);
    private static readonly PropertyName s_email1AddressType = new(PropertySets.Address, 0x8082);
    private static readonly PropertyName s_email1Address = new(PropertySets.Address, 0x8083);

    private static readonly (string Name, string Address) s_yamada = ("山田 太郎", "yamada@example.jp");
    private static readonly (string Name, string Address) s_suzuki = ("鈴木 花子", "suzuki@example.jp");
    private static readonly (string Name, string Address) s_smith = ("Jane Smith", "jane.smith@example.com");

    public static void Build(string path)
    {
        DateTimeOffset made = At("2024-09-16T00:00:00Z");
        using PstFileBuilder file = PstFileBuilder.Create(path, new PstCreateOptions
        {
            DisplayName = "リハーサル",
            Language = CultureInfo.GetCultureInfo("ja-JP"),
            RecordKey = Enumerable.Range(1, 16).Select(i => (byte)(i * 7)).ToArray(),
            Replace = true,
            TimeProvider = new FixedTime(made),
        });

        PstNewFolder inbox = file.CreateFolder(file.RootFolder, "受信トレイ", "IPF.Note");
        file.SetRole(inbox, FolderRole.Inbox);
        PstNewFolder invoices = file.CreateFolder(inbox, "請求書", "IPF.Note");
        PstNewFolder sent = file.CreateFolder(file.RootFolder, "送信済みアイテム", "IPF.Note");
        file.SetRole(sent, FolderRole.SentItems);
        PstNewFolder contacts = file.CreateFolder(file.RootFolder, "連絡先", "IPF.Contact");
        file.SetRole(contacts, FolderRole.Contacts);

        MapiItem greeting = Mail(
            1, "新年のご挨拶 🎍", s_suzuki, s_yamada, "2019-01-04T00:15:00Z", "あけましておめでとうございます。\r\n本年もよろしくお願いいたします。\r\n");
        file.AddItem(inbox, greeting);
        file.AddItem(inbox, Html(Mail(
            2, "Re: Schedule for May", s_smith, s_yamada, "2019-04-22T13:40:10Z", "Dear Taro,\r\nthe new schedule suits us well.\r\n", MessageFlags.None)));

        MapiItem invoice = Mail(
            3, "ﾌｧｲﾙ送付：2019年3月分請求書", s_suzuki, s_yamada, "2019-03-29T08:05:30Z", "添付のとおり請求書をお送りします。ご確認ください。\r\n");
        invoice.Attachments.Add(Text("請求書_2019-03.csv", "番号,品名,金額\r\n1,保守契約,108000\r\n"));
        file.AddItem(invoices, invoice);

        MapiItem forwarded = Mail(4, "FW: 新年のご挨拶 🎍", s_yamada, s_smith, "2019-01-07T02:30:00Z", "Please see the attached greeting.\r\n", MessageFlags.Read | MessageFlags.FromMe);
        forwarded.Attachments.Add(Embedded(greeting));
        file.AddItem(sent, forwarded);

        file.AddItem(contacts, Contact());
        file.Complete();
    }

    private static MapiItem Mail(
        int number,
        string subject,
        (string Name, string Address) from,
        (string Name, string Address) to,
        string sent,
        string text,
        MessageFlags flags = MessageFlags.Read)
    {
        MapiItem item = Item(number, "IPM.Note", subject, sent);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageFlags, (int)flags);
        p.Set(PropertyTags.ClientSubmitTime, At(sent));
        p.Set(PropertyTags.MessageDeliveryTime, At(sent).AddSeconds(4));
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.NativeBody, 1);
        p.Set(PropertyTags.InternetMessageId, $"<sample-{number}@example.jp>");
        p.Set(PropertyTags.ConversationTopic, subject.Replace("FW: ", "").Replace("Re: ", ""));
        p.Set(PropertyTags.SenderName, from.Name);
        p.Set(PropertyTags.SenderAddressType, "SMTP");
        p.Set(PropertyTags.SenderEmailAddress, from.Address);
        p.Set(PropertyTags.SentRepresentingName, from.Name);
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, from.Address);

        MapiRecipient recipient = new();
        recipient.Properties.Set(PropertyTags.RecipientType, (int)RecipientKind.To);
        recipient.Properties.Set(PropertyTags.DisplayName, to.Name);
        recipient.Properties.Set(PropertyTags.AddressType, "SMTP");
        recipient.Properties.Set(PropertyTags.EmailAddress, to.Address);
        recipient.Properties.Set(PropertyTags.SmtpAddress, to.Address);
        item.Recipients.Add(recipient);
        return item;
    }

    private static MapiItem Html(MapiItem item)
    {
        string text = item.Properties.GetString(PropertyTags.Body)!;
        string html = "<html><body><p>" + text.Replace("\r\n", "<br>\r\n") + "</p></body></html>";
        item.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes(html));
        item.Properties.Set(PropertyTags.InternetCodepage, 65001);
        item.Properties.Set(PropertyTags.NativeBody, 3);
        return item;
    }

    private static MapiItem Contact()
    {
        MapiItem item = Item(5, "IPM.Contact", "鈴木 花子", "2018-12-03T04:00:00Z");
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        p.Set(PropertyTags.DisplayName, s_suzuki.Name);
        p.Set(PropertyTags.GivenName, "花子");
        p.Set(PropertyTags.Surname, "鈴木");
        p.Set(s_yomiFirstName, "はなこ");
        p.Set(s_yomiLastName, "すずき");
        p.Set(PropertyTags.CompanyName, "例示商事株式会社");
        p.Set(PropertyTags.BusinessTelephone, "+81 6-5555-0134");
        p.Set(s_email1DisplayName, s_suzuki.Name);
        p.Set(s_email1AddressType, "SMTP");
        p.Set(s_email1Address, s_suzuki.Address);
        return item;
    }

    private static MapiItem Item(int number, string messageClass, string subject, string time)
    {
        MapiItem item = new();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, messageClass);
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.CreationTime, At(time));
        p.Set(PropertyTags.LastModificationTime, At(time));
        p.Set(PropertyTags.SearchKey, Enumerable.Repeat((byte)number, 16).ToArray());
        return item;
    }

    private static MapiAttachment Text(string name, string content)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.AttachFilename, "INVOICE.CSV");
        p.Set(PropertyTags.AttachExtension, ".csv");
        p.Set(PropertyTags.AttachMimeTag, "text/csv");
        p.Set(PropertyTags.RenderingPosition, -1);
        // A BOM, as Excel in Japan wants it.
        p.Set(PropertyTags.AttachDataBinary, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(content)]);
        return new MapiAttachment(p);
    }

    private static MapiAttachment Embedded(MapiItem item)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, item.Subject);
        p.Set(PropertyTags.RenderingPosition, -1);
        return new MapiAttachment(p, () => item);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
