using PstMigration.Mapi;
using Xunit;
using Codec = PstMigration.Formats.FastTransfer;

namespace PstMigration.Formats.Tests.FastTransfer;

/// <summary>A stream that breaks the rules is refused as a whole, with one error that names the place: lengths and values cannot be told apart behind what is not known.</summary>
public sealed class FastTransferDamageTests
{
    [Theory]
    [InlineData("03000340")] // a recipient without an end
    [InlineData("03000440")] // the end of none
    [InlineData("03000040")] // an attachment without an end
    [InlineData("03000e40")]
    [InlineData("03000040" + "03000140" + "03000e40")] // an attached item without an end
    [InlineData("03000240")]
    [InlineData("03000040" + "0300014003000240" + "0300014003000240" + "03000e40")] // two items in one attachment
    [InlineData("03000c40")] // StartMessage: of a folder's messages
    [InlineData("03001240")] // IncrSyncChg
    [InlineData("03001840")] // FXErrorInfo
    [InlineData("ab003700" + "00000000")] // a type nobody knows
    [InlineData("fd003700" + "00000000")] // a restriction has no length
    [InlineData("0a003700" + "00000000" + "0b10037000000000")] // a list of Booleans
    [InlineData("b0843700" + "ffffff7f" + "0000")] // longer than the stream
    [InlineData("b0843700" + "03000000" + "410000")] // half a character
    [InlineData("02110070" + "ffffff7f")] // more elements than bytes
    [InlineData("0300" + "0180" + "0820060000000000c000000000000046" + "02" + "00000000")] // a kind of name nobody knows
    [InlineData("03000000" + "00000000")] // no id
    public void The_stream_proper(string stream) => Refuses(FastTransferTests.Frame(FastTransferTests.Bytes(stream)));

    [Fact]
    public void The_records_around_it()
    {
        byte[] good = FastTransferTests.Bytes(FastTransferTests.Sample);
        foreach ((int at, byte value) in new (int, byte)[] { (0, 2), (0, 9), (4, 4), (12, 2), (16, 4), (28, 0), (48, 3), (52, 8), (62, 5), (66, 0xFF), (69, 0xFF) })
        {
            byte[] bad = [.. good];
            bad[at] = value;
            Refuses(bad);
        }

        Refuses([.. good, 2, 0, 0, 0, 0, 0, 0]);
        Refuses([.. good, .. System.Text.Encoding.ASCII.GetBytes("=== Truncated Data ===")]);
    }

    [Fact]
    public void Whatever_is_cut_off()
    {
        byte[] good = FastTransferTests.Bytes(FastTransferTests.Sample);

        // Without any stream there is an item without properties.
        for (int length = 0; length < good.Length; length++)
        {
            byte[] cut = good.AsSpan(0, length).ToArray();
            if (length == 62)
            {
                Assert.Empty(Codec.Read(cut).Properties);
            }
            else
            {
                Refuses(cut);
            }
        }
    }

    [Fact]
    public void Whatever_is_changed_ends_in_an_item_or_in_the_one_error()
    {
        MapiItem item = Codec.Read(FastTransferTests.Bytes(FastTransferTests.Sample));
        MapiItem inner = FastTransferTests.Item("inner");
        PropertyBag message = new();
        message.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        item.Attachments.Add(new MapiAttachment(message, () => inner));
        item.Attachments.Add(FastTransferTests.File("a", [.. Enumerable.Repeat((byte)7, 40_000)]));
        byte[] good = FastTransferTests.Write(item);
        Random random = new(20261130);
        for (int i = 0; i < 4000; i++)
        {
            byte[] bad = [.. good];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                // Most of what can go wrong is where the small things are.
                int at = random.Next(random.Next(2) == 0 ? 600 : bad.Length);
                bad[at] = (byte)random.Next(256);
            }

            try
            {
                ReadAll(Codec.Read(bad));
            }
            catch (MailDataException e)
            {
                Assert.Equal(FormatErrorIds.FastTransferUnreadable, e.Error);
            }
        }
    }

    [Fact]
    public void A_stream_of_names_alone_does_not_take_all_memory()
    {
        // A Boolean with a name of its own takes 27 bytes here, and many times as much in memory.
        List<byte> stream = [];
        for (int i = 0; i < 1_500_000; i++)
        {
            stream.AddRange([0x0B, 0x00, 0x01, 0x80]);
            stream.AddRange(PropertySets.Common.ToByteArray());
            stream.Add(0);
            stream.AddRange(BitConverter.GetBytes(i));
            stream.AddRange([1, 0]);
        }

        Refuses(FastTransferTests.Frame([.. stream]));
    }

    [Fact]
    public void Items_in_items_a_thousand_deep_are_read()
    {
        List<byte> stream = [];
        for (int i = 0; i < 1000; i++)
        {
            stream.AddRange(FastTransferTests.Bytes("03000040" + "03000140"));
        }

        stream.AddRange(FastTransferTests.Bytes("b0843700" + "04000000" + "41000000"));
        for (int i = 0; i < 1000; i++)
        {
            stream.AddRange(FastTransferTests.Bytes("03000240" + "03000e40"));
        }

        MapiItem item = Codec.Read(FastTransferTests.Frame([.. stream]));
        for (int i = 0; i < 1000; i++)
        {
            item = item.Attachments[0].OpenEmbedded();
        }

        Assert.Equal("A", item.Subject);
    }

    private static void Refuses(byte[] blob) =>
        Assert.Equal(FormatErrorIds.FastTransferUnreadable, Assert.Throws<MailDataException>(() => Codec.Read(blob)).Error);

    private static void ReadAll(MapiItem item)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in item.Properties.Concat(item.Recipients.SelectMany(r => r.Properties)).Concat(item.Attachments.SelectMany(a => a.Properties)))
        {
            property.Value.ToObject();
        }

        foreach (MapiAttachment attachment in item.Attachments.Where(a => a.HasEmbeddedItem))
        {
            ReadAll(attachment.OpenEmbedded());
        }
    }
}
