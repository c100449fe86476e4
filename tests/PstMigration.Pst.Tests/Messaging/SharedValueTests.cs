using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>A small file may hold a large item: many properties name one value.</summary>
public sealed class SharedValueTests
{
    private const int Properties = 100;
    private const int Length = 200_000;

    [Fact]
    public void Lists_that_take_more_than_an_item_may_are_left_out_and_told()
    {
        Read(0x6601101F, ListOf(Length), itemMemory: 10 * (Length + 64), item =>
        {
            Assert.Equal(Properties - 10, item.Losses.Count(l => l.Kind == LossKind.TooLarge));
            Assert.Equal(10, item.Properties.Count(p => p.Value.AsArray() is string[] { Length: 1 }));
        });
    }

    [Fact]
    public void Large_texts_and_bytes_stay_where_they_are()
    {
        Read(0x6601001F, new byte[Length], itemMemory: 1000, item =>
        {
            Assert.Empty(item.Losses);
            Assert.Equal(Properties, item.Properties.Count(p => p.Value.Source is { Length: Length }));
        });
    }

    [Fact]
    public void Long_8_bit_text_is_decoded_when_it_is_read()
    {
        byte[] latin = System.Text.Encoding.GetEncoding(28591).GetBytes(string.Concat(Enumerable.Repeat("Gr\u00FC\u00DFe\r\n", 100_000)));
        Read(0x6601001E, latin, itemMemory: 1000, item =>
        {
            PropertyValue value = item.Properties.First(p => p.Value.Source is not null).Value;
            Assert.Null(value.Source!.Length);
            Assert.Equal(7 * 100_000 * 2, value.Source.Measure());
            Assert.StartsWith("Gr\u00FC\u00DFe\r\n", value.AsString(), StringComparison.Ordinal);
        });
    }

    private static byte[] ListOf(int length)
    {
        byte[] list = new byte[length];
        BitConverter.GetBytes(1).CopyTo(list, 0);
        BitConverter.GetBytes(8).CopyTo(list, 4);
        return list;
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(1, true)]
    public void Recipients_and_attachments_beyond_the_memory_of_an_item_are_left_out_and_told(int megabytes, bool isCut)
    {
        const int Rows = 3_000;
        MapiItem many = new();
        many.Properties.Set(PropertyTags.MessageClass, "IPM.Note");
        many.Properties.Set(PropertyTags.Subject, "Many");
        for (int i = 0; i < Rows; i++)
        {
            PropertyBag recipient = new();
            recipient.Set(PropertyTags.RecipientType, 1);
            recipient.Set(PropertyTags.DisplayName, "Recipient " + i);
            recipient.Set(PropertyTags.SmtpAddress, "r" + i + "@example.com");
            many.Recipients.Add(new MapiRecipient(recipient));
            PropertyBag attachment = new();
            attachment.Set(PropertyTags.AttachMethod, 1);
            attachment.Set(PropertyTags.AttachLongFilename, "a" + i + ".txt");
            attachment[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary([1, 2, 3]);
            many.Attachments.Add(new MapiAttachment(attachment));
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pst");
        try
        {
            NodeId id;
            using (PstFileBuilder builder = PstFileBuilder.Create(path))
            {
                id = builder.AddItem(builder.CreateFolder(builder.RootFolder, "Mail", "IPF.Note"), many);
                builder.Complete();
            }

            using PstFile pst = PstFile.Open(path, new PstOpenOptions { ItemMemory = megabytes * 1024L * 1024 });
            MapiItem read = pst.OpenItem(id);

            Assert.Equal("Many", read.Subject);
            Assert.Equal(!isCut, read.Recipients.Count == Rows);
            Assert.Equal(!isCut, read.Attachments.Count == Rows);
            Assert.InRange(read.Recipients.Count, 500, Rows);
            Assert.InRange(read.Attachments.Count, 300, Rows);
            Assert.Equal(isCut, read.Losses.Contains(new ItemLoss(LossKind.TooLarge, "Recipients")));
            Assert.Equal(isCut, read.Losses.Contains(new ItemLoss(LossKind.TooLarge, "Attachments")));
            Assert.Equal("Recipient 499", read.Recipients[499].DisplayName);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Read(uint first, byte[] value, long itemMemory, Action<MapiItem> check)
    {
        TestPst file = new(PstLayout.Unicode);
        BlockId data = file.AddData(value);
        TestStore store = new(file);
        NodeId id = store.AddMessage("Large", p =>
        {
            NodeId shared = new(NodeIdType.Ltp, 0x7001);
            p.AddSubnode(shared, data);
            for (uint i = 0; i < Properties; i++)
            {
                p.Refer(first + (i << 16), shared);
            }
        });
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pst");
        File.WriteAllBytes(path, store.ToArray());
        try
        {
            using PstFile pst = PstFile.Open(path, new PstOpenOptions { ItemMemory = itemMemory, CodePage = 1252 });
            check(pst.OpenItem(id));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
