using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Items made up for tests; the same again for the same number.</summary>
internal static class SampleItems
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 30, 0, TimeSpan.Zero);

    public static readonly PropertyName Numbered = new(PropertySets.Common, 0x8502);
    public static readonly PropertyName Lettered = new(new Guid("0f3c2d10-5b1a-4f6e-8d55-0a1b2c3d4e5f"), "試験プロパティ");

    private static readonly string[] s_words = ["invoice", "請求書", "meeting", "会議", "forecast", "見積もり", "délai", "Straße", "report", "報告"];

    /// <summary>An ordinary mail with two recipients.</summary>
    public static MapiItem Mail(int number)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, $"Re: {s_words[number % s_words.Length]} {number}");
        p.Set(PropertyTags.SubjectPrefix, "Re: ");
        p.Set(PropertyTags.ConversationTopic, $"{s_words[number % s_words.Length]} {number}");
        p.Set(PropertyTags.MessageFlags, number % 3 == 0 ? 0 : 1);
        p.Set(PropertyTags.ClientSubmitTime, Start.AddMinutes(number));
        p.Set(PropertyTags.MessageDeliveryTime, Start.AddMinutes(number + 1));
        p.Set(PropertyTags.Importance, number % 3);
        p.Set(PropertyTags.SentRepresentingName, "山田 太郎");
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, "taro@example.jp");
        p.Set(PropertyTags.SenderName, "山田 太郎");
        p.Set(PropertyTags.SenderAddressType, "SMTP");
        p.Set(PropertyTags.SenderEmailAddress, "taro@example.jp");
        p.Set(PropertyTags.InternetMessageId, $"<{number}@example.jp>");
        p.Set(PropertyTags.Body, string.Concat(Enumerable.Repeat($"Line {number} of the text. 本文です。\r\n", 1 + (number % 40))));
        p.Set(PropertyNames.Keywords, ["red", "分類"]);
        return new MapiItem(p, [Recipient("花子", "hanako@example.jp", RecipientKind.To), Recipient("Bob", "bob@example.com", RecipientKind.Cc)]);
    }

    /// <summary>A recipient as a mail program makes it.</summary>
    public static MapiRecipient Recipient(string name, string address, RecipientKind kind)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, (int)kind);
        p.Set(PropertyTags.DisplayName, name);
        p.Set(PropertyTags.AddressType, "SMTP");
        p.Set(PropertyTags.EmailAddress, address);
        p.Set(PropertyTags.SmtpAddress, address);
        p.Set(PropertyTags.RecipientDisplayName, name);
        p.Set(Numbered, PropertyValueOf(address.Length));
        return new MapiRecipient(p);
    }

    /// <summary>An attachment by value.</summary>
    public static MapiAttachment File(string name, byte[] content) => File(name, BinarySource.FromBytes(content));

    /// <summary>An attachment by value.</summary>
    public static MapiAttachment File(string name, BinarySource content)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.AttachFilename, name);
        p.Set(PropertyTags.DisplayName, name);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(content);
        return new MapiAttachment(p);
    }

    /// <summary>An embedded item.</summary>
    public static MapiAttachment Embedded(MapiItem item)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, item.Subject);
        return new MapiAttachment(p, () => item);
    }

    /// <summary>An OLE object.</summary>
    public static MapiAttachment Ole(byte[] compoundFile)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        p[PropertyTags.AttachDataObject] = PropertyValue.FromBinary(compoundFile, PropertyType.Object);
        return new MapiAttachment(p);
    }

    /// <summary>An attachment that is a path.</summary>
    public static MapiAttachment Reference(string path)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReference);
        p.Set(PropertyTags.AttachLongPathname, path);
        return new MapiAttachment(p);
    }

    /// <summary>An item with a property of every type, at sizes on both sides of every limit.</summary>
    public static MapiItem AllTypes()
    {
        MapiItem item = Mail(1);
        PropertyBag p = item.Properties;
        ushort id = 0x6000;
        PropertyKey Next() => new(id++);
        p[Next()] = PropertyValue.FromInt16(-2);
        p[Next()] = PropertyValue.FromInt32(int.MinValue);
        p[Next()] = PropertyValue.FromBits(PropertyType.Floating32, BitConverter.ToInt32(BitConverter.GetBytes(1.5f), 0));
        p[Next()] = PropertyValue.FromDouble(-2.25);
        p[Next()] = PropertyValue.FromBits(PropertyType.Currency, 123456789012345);
        p[Next()] = PropertyValue.FromBits(PropertyType.FloatingTime, BitConverter.DoubleToInt64Bits(45678.5));
        p[Next()] = PropertyValue.FromBits(PropertyType.ErrorCode, unchecked((int)0x8004010F));
        p[Next()] = PropertyValue.FromBoolean(true);
        p[Next()] = PropertyValue.FromBoolean(false);
        p[Next()] = PropertyValue.FromInt64(long.MinValue + 1);
        p[Next()] = PropertyValue.FromTime(Start);
        p[Next()] = PropertyValue.FromBits(PropertyType.Time, long.MaxValue);
        p[Next()] = PropertyValue.FromGuid(new Guid("11223344-5566-7788-99aa-bbccddeeff00"));
        p[Next()] = PropertyValue.FromString("8-bit", PropertyType.String8);
        p[Next()] = PropertyValue.FromString("");
        p[Next()] = PropertyValue.FromString("lone \uD800 surrogate");
        p[Next()] = PropertyValue.FromString(BinarySource.FromBytes(Encoding.Unicode.GetBytes(new string('源', 5000))));
        p[Next()] = PropertyValue.FromBinary([]);
        p[Next()] = PropertyValue.FromBinary([1, 2, 3], PropertyType.ServerId);
        p[Next()] = PropertyValue.FromBinary([4, 5], PropertyType.Restriction);
        p[Next()] = PropertyValue.FromBinary([6], PropertyType.RuleAction);
        p[Next()] = PropertyValue.FromBinary(Bytes(7, 500), PropertyType.Object);
        foreach (int size in new[] { 1, 3579, 3580, 3581, 8175, 8176, 8177, 16352, 16353, 100_000 })
        {
            p[Next()] = PropertyValue.FromBinary(Bytes(size, size));
            p[Next()] = PropertyValue.FromString(new string('字', size / 2));
        }

        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleInteger16, new long[] { 1, -1, 300 });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, new long[] { 1, -1, int.MaxValue });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleInteger64, new long[] { 1, -1, long.MaxValue });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleFloating32, new long[] { 0x3FC00000 });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleFloating64, new long[] { BitConverter.DoubleToInt64Bits(1.25) });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleCurrency, new long[] { 10000, 20000 });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleFloatingTime, new long[] { BitConverter.DoubleToInt64Bits(1) });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleTime, new long[] { Start.ToFileTime() });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleGuid, new[] { PropertySets.Common, PropertySets.Task });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "一", "", "three" });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleString8, new[] { "a", "b" });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new[] { Bytes(1, 10), [], Bytes(2, 5000) });
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleString, Array.Empty<string>());
        p[Next()] = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, Enumerable.Range(0, 3000).Select(i => (long)i).ToArray());
        p[Numbered] = PropertyValue.FromTime(Start);
        p[Lettered] = PropertyValue.FromString("値");
        return item;
    }

    /// <summary>Bytes that do not repeat in a simple way.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        uint state = (uint)seed + 1;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }

    /// <summary>Items embedded in each other; the innermost is at <paramref name="depth"/>.</summary>
    public static MapiItem Nested(int depth)
    {
        MapiItem item = Mail(depth);
        for (int i = depth - 1; i >= 0; i--)
        {
            MapiItem outer = Mail(i);
            outer.Attachments.Add(Embedded(item));
            item = outer;
        }

        return item;
    }

    private static string PropertyValueOf(int length) => "note " + length;

    /// <summary>A source that gives generated bytes without holding them.</summary>
    public sealed class Generated(long length, Action<long>? read = null) : BinarySource
    {
        public override long? Length => length;

        /// <summary>The byte at a position.</summary>
        public static byte At(long position) => (byte)(position ^ (position >> 8) ^ (position >> 16));

        public override Stream OpenRead() => new GeneratedStream(length, read);
    }

    private sealed class GeneratedStream(long length, Action<long>? onRead) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            onRead?.Invoke(_position);
            int read = (int)Math.Min(count, length - _position);
            for (int i = 0; i < read; i++)
            {
                buffer[offset + i] = Generated.At(_position++);
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
