using PstMigration.Mapi;
using PstMigration.Pst.Tests.Messaging;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Sound files that tests damage, built once.</summary>
internal static class CheckFiles
{
    private static readonly Lazy<(byte[] File, Dictionary<string, uint> Nodes)> s_small = new(BuildSmall);
    private static readonly Lazy<(byte[] File, Dictionary<string, uint> Nodes)> s_large = new(BuildLarge);

    /// <summary>A copy of a file with an item of each kind a test damages.</summary>
    public static PstPatch Small() => new((byte[])s_small.Value.File.Clone());

    /// <summary>A copy of a file with an XXBLOCK and an SIBLOCK.</summary>
    public static PstPatch Large() => new((byte[])s_large.Value.File.Clone());

    /// <summary>The node of something in <see cref="Small"/>.</summary>
    public static uint InSmall(string name) => s_small.Value.Nodes[name];

    /// <summary>The node of something in <see cref="Large"/>.</summary>
    public static uint InLarge(string name) => s_large.Value.Nodes[name];

    private static (byte[] File, Dictionary<string, uint> Nodes) BuildSmall() => Build((builder, nodes) =>
    {
        PstNewFolder inbox = builder.CreateFolder(builder.RootFolder, "Inbox");
        PstNewFolder other = builder.CreateFolder(builder.RootFolder, "Other");
        nodes["Inbox"] = inbox.Id.Value;
        nodes["Other"] = other.Id.Value;
        nodes["Child"] = builder.CreateFolder(other, "Child").Id.Value;
        nodes["Mail"] = builder.AddItem(inbox, SampleItems.Mail(1)).Value;
        MapiItem values = SampleItems.Mail(2);
        PropertyKey at = new(0x6000);
        values.Properties[at] = PropertyValue.FromBoolean(true);
        values.Properties[new PropertyKey(0x6001)] = PropertyValue.FromString("no column of a table");
        values.Properties[new PropertyKey(0x6002)] = PropertyValue.FromString("nor is this a column");
        values.Properties[new PropertyKey(0x6003)] = PropertyValue.FromBinary([1, 2, 3]);
        values.Properties[new PropertyKey(0x6004)] = PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "one", "two" });
        values.Properties[new PropertyKey(0x6005)] = PropertyValue.FromTime(SampleItems.Start);
        values.Properties[new PropertyKey(0x6006)] = PropertyValue.FromBinary(SampleItems.Bytes(1, 5000));
        values.Properties[new PropertyKey(0x6007)] = PropertyValue.FromInt32(7);
        nodes["Values"] = builder.AddItem(inbox, values).Value;
        MapiItem attachments = SampleItems.Mail(3);
        attachments.Attachments.Add(SampleItems.File("small.bin", SampleItems.Bytes(2, 10)));
        attachments.Attachments.Add(SampleItems.File("large.bin", SampleItems.Bytes(3, 30_000)));
        MapiItem embedded = SampleItems.Mail(4);
        embedded.Attachments.Add(SampleItems.File("inner.bin", SampleItems.Bytes(2, 10)));
        attachments.Attachments.Add(SampleItems.Embedded(embedded));
        attachments.Attachments.Add(SampleItems.Ole(SampleItems.Bytes(4, 5000)));
        nodes["Attachments"] = builder.AddItem(inbox, attachments).Value;
        nodes["Last"] = builder.AddItem(inbox, SampleItems.Mail(5)).Value;
        builder.AddAssociated(inbox, SampleFile.Associated(1));
    });

    private static (byte[] File, Dictionary<string, uint> Nodes) BuildLarge() => Build((builder, nodes) =>
    {
        MapiItem item = SampleItems.Mail(1);
        item.Attachments.Add(SampleItems.File("huge.bin", new SampleItems.Generated(8176L * 1100)));
        nodes["Huge"] = builder.AddItem(builder.RootFolder, item).Value;
        item = SampleItems.Mail(2);
        for (int i = 0; i < 400; i++)
        {
            item.Attachments.Add(SampleItems.File(i + ".bin", [1]));
        }

        nodes["Many"] = builder.AddItem(builder.RootFolder, item).Value;
    });

    private static (byte[] File, Dictionary<string, uint> Nodes) Build(Action<PstFileBuilder, Dictionary<string, uint>> fill)
    {
        Dictionary<string, uint> nodes = [];
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(path, SampleFile.Options()))
        {
            fill(builder, nodes);
            builder.Complete();
        }

        return (File.ReadAllBytes(path), nodes);
    }
}
