using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Items nobody should have, as a source: values of wrong types, no numbers, half characters, dates of no calendar, addresses, ids and names of anything.</summary>
internal sealed class HostileItems(int seed, int count) : IItemSource
{
    private const int MaximumDepth = 3;

    private static readonly PropertyTag[] s_tags = [.. typeof(PropertyTags).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<PropertyTag>()];

    private static readonly PropertyName[] s_names =
    [
        .. typeof(PropertyNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<PropertyName>(),
        .. new[] { 0x8205, 0x8208, 0x820D, 0x820E, 0x8213, 0x8214, 0x8215, 0x8216, 0x8217, 0x8218, 0x8223, 0x8228, 0x8233, 0x8234, 0x825E, 0x825F, 0x8260 }.Select(i => new PropertyName(PropertySets.Appointment, (uint)i)),
        .. new[] { 0x8501, 0x8502, 0x8503, 0x8516, 0x8517, 0x8560 }.Select(i => new PropertyName(PropertySets.Common, (uint)i)),
        new(PropertySets.InternetHeaders, "x-mailer"), new(PropertySets.InternetHeaders, ""), new(PropertySets.InternetHeaders, "a:b\r\nc"), new(PropertySets.InternetHeaders, "\uD800"),
        new(PropertySets.InternetHeaders, "content-type"), new(PropertySets.PublicStrings, "名前"), new(Guid.Empty, 1u), new(PropertySets.Appointment, uint.MaxValue),
    ];

    private static readonly PropertyType[] s_types = [.. Enum.GetValues(typeof(PropertyType)).Cast<PropertyType>()];

    private static readonly string[] s_classes =
    [
        "IPM.Note", "IPM.Note", "IPM.Note", "", "IPM", "ipm.note.x", "IPM.Appointment", "IPM.Contact", "IPM.DistList", "IPM.Task", "IPM.TaskRequest", "IPM.StickyNote", "IPM.Activity", "IPM.Post",
        "IPM.Document.x", "IPM.Schedule.Meeting.Request", "IPM.Schedule.Meeting.Canceled", "IPM.Schedule.Meeting.Resp.Pos", "IPM.Note.SMIME", "IPM.Note.SMIME.MultipartSigned", "REPORT.IPM.Note.NDR",
        "REPORT.IPM.Note.DR", "REPORT.IPM.Note.IPNRN", "REPORT.IPM.Note.IPNNRN", "REPORT.X.NDR", "REPORT..", "IPM.Note.Microsoft.Voicemail", "IPM.Note.\r\nBcc: a@b", "IPM.Note.\uD800", "受信", "IPM.Sharing", "IPM.Note.Rules.OofTemplate.Microsoft",
    ];

    private static readonly string[] s_texts =
    [
        "", " ", "text", "日本語の題", "\uD800", "a\uDC00b", "\0", "a\0b", "\r\nBcc: x@y\r\n\r\n", "\u202Efdp.exe", "=?utf-8?Q?=", "a@b.example", "<a@b.example>", "a..b.@docomo.example", "\"a\" <b@c>, d@e", "@", "a@",
        "a@b@c", "\"", "(", "a(b)@c", "<", "><", "[]", "a;b", "a,b", "/O=X/OU=Y/cn=Recipients/cn=z", "CN=A/O=B", "cid:(", "../../etc/passwd", "CON", "a/b\\c:d*?", "SMTP", "EX", "\u3042\u3044@\u3046.example", "mailto:a@b", "7:1",
        "multipart/mixed", "text/plain; charset=x", "message/rfc822", "image/png", "\u0001\u001b[31m", "{\\rtf1 x}", "<html><img src='cid:x'><script>", "VCALENDAR", "20260101T000000Z", "1.5", "%s%n", "\uFFFE\uFFFF", "e\u0301", "\uD83D\uDE00",
    ];

    /// <inheritdoc/>
    public string Name => "hostile";

    /// <inheritdoc/>
    public string StoreKey => "hostile:" + seed.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => SourceReport.Empty;

    /// <summary>An item; the same number gives the same.</summary>
    public static MapiItem Make(int number) => Make(new Random(number), 0);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) => new SynchronousSequence<SourceFolder>(
        [new SourceFolder(new ItemKey(StoreKey, "f"), FolderPath.Parse("Hostile"), FolderRole.None, "IPF.Note", count)], cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken) => new SynchronousSequence<SourceItem>(
        Enumerable.Range(seed, count).Select(n => new Item(new ItemKey(StoreKey, n.ToString(CultureInfo.InvariantCulture)), n)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private static MapiItem Make(Random random, int depth)
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.MessageClass, Pick(random, s_classes));
        item.Properties.Set(PropertyTags.Subject, Text(random));
        Fill(item.Properties, random, random.Next(1, 40));
        for (int i = random.Next(4) == 0 ? random.Next(6) : random.Next(2); i > 0; i--)
        {
            PropertyBag p = new();
            p.Set(PropertyTags.RecipientType, random.Next(4) == 0 ? random.Next() : random.Next(4));
            p.Set(PropertyTags.EmailAddress, Text(random));
            p.Set(PropertyTags.SmtpAddress, Text(random));
            p.Set(PropertyTags.DisplayName, Text(random));
            Fill(p, random, random.Next(6));
            item.Recipients.Add(new MapiRecipient(p));
        }

        for (int i = random.Next(3); i > 0; i--)
        {
            item.Attachments.Add(Attachment(random, depth));
        }

        return item;
    }

    private static MapiAttachment Attachment(Random random, int depth)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, random.Next(4) == 0 ? random.Next(-1, 12) : 1);
        p.Set(PropertyTags.AttachLongFilename, Text(random));
        p.Set(PropertyTags.AttachMimeTag, Text(random));
        p.Set(PropertyTags.AttachContentId, Text(random));
        if (random.Next(4) > 0)
        {
            p.Set(PropertyTags.AttachDataBinary, Bytes(random));
        }

        Fill(p, random, random.Next(5));
        if (random.Next(4) > 0 || depth >= MaximumDepth)
        {
            return new MapiAttachment(p);
        }

        int inner = random.Next();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Remove(PropertyTags.AttachDataBinary);
        return new MapiAttachment(p, () => Make(new Random(inner), depth + 1));
    }

    private static void Fill(PropertyBag p, Random random, int values)
    {
        for (; values > 0; values--)
        {
            bool isNamed = random.Next(3) == 0;
            PropertyTag tag = Pick(random, s_tags);
            PropertyKey key = isNamed ? Pick(random, s_names) : random.Next(20) == 0 ? new PropertyTag((ushort)random.Next(1, 0x8000), PropertyType.String) : tag;
            PropertyType type = isNamed || random.Next(4) == 0 ? Pick(random, s_types) : tag.Type;
            if (Value(type, random) is PropertyValue value)
            {
                p[key] = value;
            }
        }
    }

    private static PropertyValue? Value(PropertyType type, Random random)
    {
        if (PropertyTypes.IsMultiple(type))
        {
            Array several = type switch
            {
                PropertyType.MultipleString or PropertyType.MultipleString8 => Enumerable.Range(0, random.Next(5)).Select(_ => Text(random)).ToArray(),
                PropertyType.MultipleBinary => Enumerable.Range(0, random.Next(5)).Select(_ => Bytes(random)).ToArray(),
                PropertyType.MultipleGuid => new[] { Guid.Empty },
                _ => Enumerable.Range(0, random.Next(5)).Select(_ => Bits(random)).ToArray(),
            };
            return PropertyValue.FromMultiple(type, several);
        }

        return type switch
        {
            PropertyType.String or PropertyType.String8 => PropertyValue.FromString(random.Next(200) == 0 ? string.Concat(Enumerable.Repeat(Text(random), 20_000)) : Text(random), type),
            PropertyType.Binary or PropertyType.ServerId or PropertyType.Restriction or PropertyType.RuleAction => PropertyValue.FromBinary(Bytes(random), type),
            PropertyType.Guid => PropertyValue.FromGuid(Guid.Empty),
            PropertyType.Floating64 or PropertyType.FloatingTime => PropertyValue.FromBits(type, BitConverter.DoubleToInt64Bits(Pick(random, [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -0.0, 4.5]))),
            PropertyType.Integer16 or PropertyType.Integer32 or PropertyType.Floating32 or PropertyType.ErrorCode or PropertyType.Boolean or PropertyType.Integer64 or PropertyType.Currency or PropertyType.Time =>
                PropertyValue.FromBits(type, Bits(random)),
            _ => null,
        };
    }

    private static long Bits(Random random) =>
        Pick(random, [0L, 1L, 2L, -1L, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 0x0CB34557A3DD4000, 130_000_000_000_000_000, random.Next(), BitConverter.DoubleToInt64Bits(double.NaN)]);

    private static string Text(Random random)
    {
        string text = Pick(random, s_texts);
        return random.Next(4) == 0 ? text + Pick(random, s_texts) : text;
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = random.Next(6) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(Text(random)),
            2 => Encoding.Unicode.GetBytes(Text(random)),
            3 => [0, 0, 0, 0, 0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0, 0xDD, 1, 0x0F, 0x54, 2, 0, 0, 1, 0x80, .. Encoding.Unicode.GetBytes(Text(random) + "\0SMTP\0" + Text(random))],
            4 => [.. "LZFu"u8, .. Random(random, 40)],
            _ => Random(random, random.Next(100)),
        };
        return bytes;
    }

    private static byte[] Random(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];

    private sealed class Item(ItemKey key, int number) : SourceItem(key, ItemSummary.Of(Make(number)))
    {
        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(Make(number));
    }
}
