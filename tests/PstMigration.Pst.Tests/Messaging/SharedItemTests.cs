using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A small file may hold an item without end: its attached items share their blocks. What is in an item has one limit over all levels.</summary>
public sealed class SharedItemTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pst");

    [Theory]
    [InlineData(50, 2)]
    [InlineData(9, 10)]
    [InlineData(2, 5_000)]
    public void Attached_items_beyond_what_the_file_has_room_for_are_left_out_and_told(int levels, int each)
    {
        File.WriteAllBytes(_path, NestedItems.Write(levels, each));
        Open(item =>
        {
            (int items, int losses, long _) = Count(item);

            Assert.InRange(items, 500, 10_000);
            Assert.InRange(losses, 1, items + 1);
            Assert.Equal((items, losses), (Count(item).Items, Count(item).Losses));
        });
    }

    [Fact]
    public void So_are_bytes()
    {
        const int Length = 3_000_000;
        File.WriteAllBytes(_path, NestedItems.Write(3, 10, Length));
        Open(item =>
        {
            (int items, int losses, long bytes) = Count(item);

            Assert.InRange(items, 20, 110);
            Assert.InRange(bytes, 10 * Length, (64 << 20) + (2 * new FileInfo(_path).Length));
            Assert.NotEqual(0, losses);
            Assert.Equal((items, losses, bytes), Count(item));
        });
    }

    [Fact]
    public void What_was_read_once_is_there_in_whatever_order_it_is_read_again()
    {
        File.WriteAllBytes(_path, NestedItems.Write(50, 2));
        Open(item =>
        {
            (int items, int _, long _) = Count(item);
            Assert.Equal("Leaf", Innermost(item).Subject);
            Assert.Single(Innermost(item).Attachments);
            item.Attachments.Last().OpenEmbedded();

            Assert.Equal(items, Count(item).Items);
        });
    }

    [Fact]
    public void Items_with_blocks_of_their_own_are_all_there()
    {
        const int Count = 10_000;
        MapiItem many = Item("Many");
        for (int i = 0; i < Count; i++)
        {
            PropertyBag attached = new();
            attached.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
            MapiItem inner = Item(i.ToString(CultureInfo.InvariantCulture));
            many.Attachments.Add(new MapiAttachment(attached, () => inner));
        }

        NodeId id;
        using (PstFileBuilder builder = PstFileBuilder.Create(_path))
        {
            id = builder.AddItem(builder.CreateFolder(builder.RootFolder, "Mail", "IPF.Note"), many);
            builder.Complete();
        }

        using PstFile pst = PstFile.Open(_path);
        MapiItem read = pst.OpenItem(id);

        Assert.Empty(read.Losses);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => i.ToString(CultureInfo.InvariantCulture)), read.Attachments.Select(a => a.OpenEmbedded().Subject));
    }

    public void Dispose() => File.Delete(_path);

    private static MapiItem Item(string subject)
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.MessageClass, "IPM.Note");
        properties.Set(PropertyTags.Subject, subject);
        return new MapiItem(properties);
    }

    private static MapiItem Innermost(MapiItem item)
    {
        while (item.Attachments[0].HasEmbeddedItem)
        {
            item = item.Attachments[0].OpenEmbedded();
        }

        return item;
    }

    // All that a writer would come to, which opens every item once.
    private static (int Items, int Losses, long Bytes) Count(MapiItem item)
    {
        (int items, int losses, long bytes) = (0, item.Losses.Count(l => l.Kind == LossKind.TooLarge), item.Attachments.Sum(a => a.Content?.Length ?? 0));
        foreach (MapiAttachment attachment in item.Attachments.Where(a => a.HasEmbeddedItem))
        {
            (int below, int belowLosses, long belowBytes) = Count(attachment.OpenEmbedded());
            (items, losses, bytes) = (items + below + 1, losses + belowLosses, bytes + belowBytes);
            Assert.True(items < 100_000);
        }

        return (items, losses, bytes);
    }

    private void Open(Action<MapiItem> check)
    {
        using PstFile pst = PstFile.Open(_path, new PstOpenOptions { CodePage = 1252 });
        check(pst.OpenItem(new NodeId(NodeIdType.NormalMessage, 0x10001)));
    }
}
