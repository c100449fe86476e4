using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A file with something of everything.</summary>
internal static class SampleFile
{
    /// <summary>Items of all kinds but FAI that <see cref="Build"/> writes into folders, embedded ones not counted.</summary>
    public const int ItemCount = 310;

    public static PstCreateOptions Options(PstEncoding encoding = PstEncoding.Permute) => new()
    {
        DisplayName = "試験 Store",
        Encoding = encoding,
        Language = CultureInfo.GetCultureInfo("en-US"),
        RecordKey = SampleItems.Bytes(99, 16),
        TimeProvider = new StoppedClock(),
    };

    /// <summary>Builds it and returns the path.</summary>
    public static string Build(string path, PstEncoding encoding = PstEncoding.Permute)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, Options(encoding));
        Fill(builder);
        builder.Complete();
        return path;
    }

    /// <summary>Writes the items.</summary>
    public static void Fill(PstFileBuilder builder)
    {
        builder.StoreProperties.Set(PropertyNames.ExportOf, "graph:someone@example.com");
        PstNewFolder inbox = builder.CreateFolder(builder.RootFolder, "受信トレイ", "IPF.Note");
        builder.SetRole(inbox, FolderRole.Inbox);
        builder.SetRole(builder.CreateFolder(builder.RootFolder, "Sent Items", "IPF.Note"), FolderRole.SentItems);
        builder.SetRole(builder.CreateFolder(builder.RootFolder, "Calendar", "IPF.Appointment"), FolderRole.Calendar);
        for (int i = 0; i < 300; i++)
        {
            builder.AddItem(inbox, SampleItems.Mail(i));
        }

        PstNewFolder many = builder.CreateFolder(inbox, "請求書/2026", "");
        builder.AddItem(many, SampleItems.AllTypes());
        builder.AddItem(many, SampleItems.Nested(5));
        builder.AddItem(many, WithAttachments());
        builder.AddItem(many, WithRecipients(1500));
        builder.AddItem(many, new MapiItem());
        builder.AddItem(many, Contact());
        builder.AddItem(builder.RootFolder, SampleItems.Mail(1000));
        builder.AddItem(builder.DeletedItems, SampleItems.Mail(1001));
        PstNewFolder deep = inbox;
        for (int i = 0; i < 30; i++)
        {
            deep = builder.CreateFolder(deep, "階層 " + i);
        }

        builder.AddItem(deep, SampleItems.Mail(1002));
        builder.AddItem(deep, WithManyProperties());
        for (int i = 0; i < 3; i++)
        {
            builder.AddAssociated(inbox, Associated(i));
        }
    }

    public static MapiItem WithAttachments()
    {
        MapiItem item = SampleItems.Mail(7);
        item.Attachments.Add(SampleItems.File("小さい.txt", Encoding.UTF8.GetBytes("hello")));
        item.Attachments.Add(SampleItems.File("empty.bin", []));
        item.Attachments.Add(SampleItems.File("large.bin", SampleItems.Bytes(3, 100_000)));
        item.Attachments.Add(SampleItems.Ole(SampleItems.Bytes(4, 20_000)));
        item.Attachments.Add(SampleItems.Reference(@"\\server\share\file.doc"));
        MapiItem embedded = SampleItems.Mail(8);
        embedded.Attachments.Add(SampleItems.File("inner.bin", SampleItems.Bytes(5, 9000)));
        item.Attachments.Add(SampleItems.Embedded(embedded));
        return item;
    }

    public static MapiItem WithRecipients(int count)
    {
        MapiItem item = SampleItems.Mail(9);
        item.Recipients.Clear();
        for (int i = 0; i < count; i++)
        {
            item.Recipients.Add(SampleItems.Recipient("受信者 " + i, $"r{i}@example.com", (RecipientKind)(1 + (i % 3))));
        }

        return item;
    }

    public static MapiItem WithManyProperties()
    {
        MapiItem item = SampleItems.Mail(10);
        foreach (int i in Enumerable.Range(0, 400))
        {
            item.Properties.Set(new PropertyName(PropertySets.PublicStrings, "X-" + i), "value " + i);
        }

        return item;
    }

    public static MapiItem Contact()
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Contact");
        p.Set(PropertyTags.Subject, "鈴木 一郎");
        p.Set(PropertyTags.DisplayName, "鈴木 一郎");
        p.Set(PropertyTags.GivenName, "一郎");
        p.Set(PropertyTags.Surname, "鈴木");
        p.Set(new PropertyName(PropertySets.Address, 0x8083), "ichiro@example.jp");
        return new MapiItem(p);
    }

    public static MapiItem Associated(int number)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Microsoft.FolderDesign.NamedView");
        p.Set(PropertyTags.Subject, "View " + number);
        p.Set(PropertyTags.MessageFlags, 0x40);
        p.Set(new PropertyTag(0x7006, PropertyType.String), "View " + number);
        p.Set(new PropertyTag(0x7003, PropertyType.Integer32), number);
        return new MapiItem(p);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => SampleItems.Start;
    }
}
