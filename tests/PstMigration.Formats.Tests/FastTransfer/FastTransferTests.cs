using System.Buffers.Binary;
using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;
using Codec = PstMigration.Formats.FastTransfer;

namespace PstMigration.Formats.Tests.FastTransfer;

/// <summary>Items as Graph exports and imports them ([MS-OXCFXICS] 2.2.4).</summary>
public sealed class FastTransferTests
{
    /// <summary>The 62 bytes before the stream proper in the sample of Microsoft's page about importing an item, then an IPM.Note of 7 properties and a recipient by the specification.</summary>
    internal const string Sample = """
        010000000800000000000000010000000300000018000000010000000703020000000000c00000000000004600240080
        0400000006000000140fd691861702000000dd000000b0841a0012000000490050004d002e004e006f00740065000000
        b08437000600000048006900000040003900000000000000da014000060e000000000000da010300070e01000000b084
        001004000000780000000b0001800820060000000000c00000000000004600068500000000030016400d00120e030003
        4003000030000000000300150c01000000b08401300400000041000000b08402300a00000053004d00540050000000b0
        8403300c0000006100400062002e0063000000b084fe390c0000006100400062002e006300000003000440030016400d
        00130e
        """;

    private const string Prefix = "010000000800000000000000010000000300000018000000010000000703020000000000c000000000000046002400800400000006000000140fd6918617";

    private static readonly PropertyName s_flag = new(PropertySets.Common, 0x8506);

    [Fact]
    public void The_sample_is_read()
    {
        MapiItem item = Codec.Read(Bytes(Sample));
        Assert.Equal("IPM.Note", item.MessageClass);
        Assert.Equal("Hi", item.Subject);
        Assert.Equal(MessageFlags.Read, item.Flags);
        Assert.Equal("x", item.Properties.GetString(PropertyTags.Body));
        Assert.Equal(0x01DA000000000000, item.Properties[PropertyTags.MessageDeliveryTime].Bits);
        Assert.False(item.Properties.GetBoolean(s_flag));
        Assert.Equal(7, item.Properties.Count);
        MapiRecipient recipient = Assert.Single(item.Recipients);
        Assert.Equal("A", recipient.DisplayName);
        Assert.Equal("a@b.c", recipient.SmtpAddress);
        Assert.Empty(item.Attachments);
        Assert.Empty(item.Losses);
        Assert.Equal("15.20.4566.6022", Codec.ReadVersion(BinarySource.FromBytes(Bytes(Sample))).ToString());
    }

    [Fact]
    public void What_is_written_begins_as_the_service_begins()
    {
        byte[] blob = Write(Codec.Read(Bytes(Sample)));
        Assert.StartsWith(Prefix, Hex(blob), StringComparison.Ordinal);

        // The same but for the form of the body, which a stream says (PidTagNativeBody).
        string stream = Hex(blob).Substring(Prefix.Length + 16);
        Assert.Equal(Hex(Bytes(Sample)).Substring(Prefix.Length + 16), stream.Replace("0300161001000000", ""));
    }

    [Fact]
    public void Every_type_of_value_comes_back()
    {
        PropertyBag bag = new();
        bag[Key(1)] = PropertyValue.FromInt16(-2);
        bag[Key(2)] = PropertyValue.FromInt32(-3);
        bag[Key(3)] = PropertyValue.FromInt64(long.MinValue);
        bag[Key(4)] = PropertyValue.FromBits(PropertyType.Floating32, 0x3FC00000);
        bag[Key(5)] = PropertyValue.FromDouble(-1.5);
        bag[Key(6)] = PropertyValue.FromBits(PropertyType.Currency, 12345);
        bag[Key(7)] = PropertyValue.FromBits(PropertyType.FloatingTime, BitConverter.DoubleToInt64Bits(45000.5));
        bag[Key(8)] = PropertyValue.FromBoolean(true);
        bag[Key(9)] = PropertyValue.FromBits(PropertyType.Time, long.MaxValue);
        bag[Key(10)] = PropertyValue.FromGuid(PropertySets.Common);
        bag[Key(11)] = PropertyValue.FromString("日本語 😀");
        bag[Key(12)] = PropertyValue.FromString("");
        bag[Key(13)] = PropertyValue.FromBinary([1, 2, 3]);
        bag[Key(14)] = PropertyValue.FromMultiple(PropertyType.MultipleInteger16, new long[] { 1, -1 });
        bag[Key(15)] = PropertyValue.FromMultiple(PropertyType.MultipleTime, new long[] { 5, 6 });
        bag[Key(16)] = PropertyValue.FromMultiple(PropertyType.MultipleGuid, new[] { PropertySets.Common, Guid.Empty });
        bag[Key(17)] = PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "一", "", "two" });
        bag[Key(18)] = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new byte[][] { [1], [], [2, 3] });
        bag[Key(19)] = PropertyValue.FromMultiple(PropertyType.MultipleFloating64, new[] { BitConverter.DoubleToInt64Bits(1.5) });
        bag[new PropertyName(PropertySets.PublicStrings, "Keywords")] = PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "青" });
        bag[new PropertyName(PropertySets.PublicStrings, "keywords")] = PropertyValue.FromInt32(1);

        MapiItem back = Codec.Read(Write(new MapiItem(bag)));

        Assert.Equal(bag.Count, back.Properties.Count);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in bag)
        {
            Assert.Equal(property.Value.Type, back.Properties[property.Key].Type);
            Assert.Equal(ItemDifference.Show(property.Value), ItemDifference.Show(back.Properties[property.Key]));
        }
    }

    [Theory]
    [InlineData("e484" + "3700" + "03000000" + "e94100", "éA")] // 1252
    [InlineData("a483" + "3700" + "05000000" + "93fa967b00", "日本")] // 932
    [InlineData("b184" + "3700" + "06000000" + "65e5672c0000", "日本")] // 1201
    [InlineData("1f00" + "3700" + "06000000" + "e5652c670000", "日本")]
    [InlineData("1e00" + "3700" + "02000000" + "4100", "A")]
    [InlineData("b084" + "3700" + "04000000" + "e5652c67", "日本")] // without its NUL
    public void Text_is_in_the_code_page_its_type_names(string property, string text) => Assert.Equal(text, Read(property).Subject);

    [Fact]
    public void Lists_of_text_are_of_either_type()
    {
        const string Name = "0180" + "2903020000000000c000000000000046" + "01" + "4b006500790077006f007200640073000000";
        foreach (string type in new[] { "b094", "1f10" })
        {
            MapiItem item = Read(type + Name + "02000000" + "04000000" + "52660000" + "02000000" + "0000");
            Assert.Equal(["晒", ""], item.Properties.GetStrings(new PropertyName(PropertySets.PublicStrings, "Keywords")));
        }
    }

    [Fact]
    public void Attached_items_and_objects_come_back()
    {
        MapiItem inner = Item("inner");
        inner.Attachments.Add(new MapiAttachment(File("deep.bin", [9]).Properties));
        MapiItem item = Item("outer");
        PropertyBag message = new();
        message.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        message.Set(PropertyTags.DisplayName, "inner");
        item.Attachments.Add(new MapiAttachment(message, () => inner));
        PropertyBag ole = new();
        ole.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        ole[PropertyTags.AttachDataObject] = PropertyValue.FromBinary([0xD0, 0xCF], PropertyType.Object);
        item.Attachments.Add(new MapiAttachment(ole));

        MapiItem back = Codec.Read(Write(item));

        Assert.Equal(2, back.Attachments.Count);
        MapiItem embedded = back.Attachments[0].OpenEmbedded();
        Assert.Equal("inner", embedded.Subject);
        Assert.Equal([9], embedded.Attachments[0].Content!.ToArray());
        Assert.Equal(PropertyType.Object, back.Attachments[1].Properties[PropertyTags.AttachDataObject].Type);
        Assert.Equal([0xD0, 0xCF], back.Attachments[1].Properties.GetBinary(PropertyTags.AttachDataObject));
    }

    [Fact]
    public void What_is_large_is_read_when_it_is_wanted()
    {
        byte[] content = [.. Enumerable.Range(0, 400_001).Select(i => (byte)(i * 7))];
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(i => (char)('a' + (i % 26))));
        MapiItem item = Item("large");
        item.Properties.Set(PropertyTags.Body, text);
        item.Attachments.Add(File("a.bin", content));
        CountingSource blob = new(Write(item));

        MapiItem back = Codec.Read(blob);

        int opened = blob.Opened;
        Assert.Equal(content.Length, back.Attachments[0].Content!.Length);
        Assert.Equal(opened, blob.Opened);
        Assert.Equal(content, back.Attachments[0].Content!.ToArray());
        Assert.True(blob.Opened > opened);
        Assert.Equal(text, back.Properties.GetString(PropertyTags.Body));
    }

    [Fact]
    public void Only_one_form_of_the_body_goes()
    {
        MapiItem item = Item("two bodies");
        item.Properties.Set(PropertyTags.Body, "text");
        item.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<p>text</p>"));
        item.Properties.Set(PropertyTags.InternetCodepage, CodePages.Utf8);

        MapiItem back = Codec.Read(Write(item));

        Assert.False(back.Properties.Contains(PropertyTags.Body));
        Assert.Equal(3, back.Properties.GetInt32(PropertyTags.NativeBody));
        Assert.Equal("<p>text</p>", BodyText.Read(back).Html);
    }

    [Fact]
    public void What_a_stream_cannot_hold_is_said()
    {
        MapiItem item = Item("rules");
        item.Properties[Key(20)] = PropertyValue.FromBinary([1], PropertyType.Restriction);
        using MemoryStream stream = new();
        ItemLoss loss = Assert.Single(Codec.Write(item, stream));
        Assert.Equal(new ItemLoss(LossKind.Field, Key(20).ToString()), loss);
        Assert.False(Codec.Read(stream.ToArray()).Properties.Contains(Key(20)));
    }

    [Fact]
    public void What_the_server_could_not_give_is_said()
    {
        MapiItem item = Read("03000f4007000480" + "b0843700" + "02000000" + "0000");
        Assert.Equal("", item.Subject);
        Assert.Equal([new ItemLoss(LossKind.Field, "EcWarning")], item.Losses);
    }

    internal static byte[] Write(MapiItem item)
    {
        using MemoryStream stream = new();
        Codec.Write(item, stream);
        return stream.ToArray();
    }

    internal static byte[] Bytes(string hex) => [.. Enumerable.Range(0, Digits(hex).Length / 2).Select(i => Convert.ToByte(Digits(hex).Substring(2 * i, 2), 16))];

    private static string Digits(string hex) => string.Concat(hex.Where(c => !char.IsWhiteSpace(c)));

    internal static string Hex(byte[] bytes) => string.Concat(bytes.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>An item whose stream is this.</summary>
    internal static MapiItem Read(string stream) => Codec.Read(Frame(Bytes(stream)));

    internal static byte[] Frame(byte[] stream)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, 2);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), stream.Length);
        return [.. Bytes(Prefix), .. head, .. stream];
    }

    internal static MapiItem Item(string subject)
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.MessageClass, "IPM.Note");
        properties.Set(PropertyTags.Subject, subject);
        return new MapiItem(properties);
    }

    internal static MapiAttachment File(string name, byte[] content)
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        properties.Set(PropertyTags.AttachLongFilename, name);
        properties.Set(PropertyTags.AttachDataBinary, content);
        return new MapiAttachment(properties);
    }

    private static PropertyKey Key(int number) => new((ushort)(0x7000 + number));

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
