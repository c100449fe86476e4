using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>An item reduced to what comparing it with others takes, some 150 bytes however large it is.</summary>
public sealed class ItemFingerprint
{
    private static readonly ItemPart[] s_parts =
    [
        ItemPart.MessageClass, ItemPart.Subject, ItemPart.Text, ItemPart.Recipients, ItemPart.Attachments, ItemPart.Fields, ItemPart.Sender, ItemPart.Times,
        ItemPart.State, ItemPart.Marks,
    ];

    // What makes the content; its digest is made of these.
    private const int FirstOfContent = 1;
    private const int LastOfContent = 5;

    private readonly long[] _parts;

    private ItemFingerprint(long[] parts) => _parts = parts;

    /// <summary>64 bits of the digest of level Identity; 0 where the item has neither a Message-ID nor a time it was sent.</summary>
    public long Identity { get; private init; }

    /// <summary>128 bits of a digest of subject, text, recipients, attachments and fields.</summary>
    public Guid Content { get; private init; }

    /// <summary>64 bits of a digest of all parts: two items where this is equal differ in none.</summary>
    public long Whole { get; private init; }

    /// <summary>128 bits of the digest of level Exact; null where that was not asked for.</summary>
    public Guid? Exact { get; private init; }

    /// <summary>Bytes of the text, as UTF-16 without blanks, and of the attachments: the same at both ends if these are.</summary>
    public long Bytes { get; private init; }

    /// <summary>The fingerprint of an item, whose large values were fetched.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isExact">Whether all properties are to be compared.</param>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static ItemFingerprint Of(MapiItem item, bool isExact)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        PropertyBag p = item.Properties;
        using DigestWriter writer = new();
        long textBytes = 0;
        ILookup<bool, MapiAttachment> attachments = item.Attachments.ToLookup(OccurrenceItems.IsOne);
        List<string> occurrences = [.. OccurrenceItems.WithOwnBody(item, attachments[true]).Select(TextOf)];
        List<string> files = [.. attachments[false].Concat(attachments[true].SelectMany(a => a.OpenEmbedded().Attachments)).Select(a => ItemDigester.ContentOf(a, writer))];
        string TextOf(MapiItem occurrence)
        {
            ContentText.Write(writer, occurrence);
            return writer.Finish();
        }

        long Part(Action write)
        {
            write();
            return Bits64(writer.Finish());
        }

        // Whoever saves a contact, an appointment or a task may leave in it who did, when, and that nobody has read it: it means nothing, no program shows it, and no mailbox keeps it.
        // Of an appointment the sender is who calls the meeting.
        ItemKind kind = ItemKinds.Of(item);
        bool isSent = kind is not (ItemKind.Contact or ItemKind.Appointment or ItemKind.Task);
        ItemDigest identity = ItemDigester.Identity(item);
        long[] parts =
        [
            Part(() => writer.Write(item.MessageClass.ToUpperInvariant())),
            Part(() => writer.Write(ContentText.Normalize(item.Subject))),
            Part(() => textBytes = WriteText(writer, item, occurrences)),
            Part(() => ItemDigester.WriteSorted(writer, ItemDigester.RecipientsOf(item))),
            Part(() => ItemDigester.WriteSorted(writer, files)),
            Part(() => ItemDigester.WriteFields(writer, item)),
            Part(() => writer.Write(isSent || kind == ItemKind.Appointment ? SenderOf(p) : "")),
            Part(() => writer.Write(isSent ? Second(p.GetTime(PropertyTags.ClientSubmitTime)) + " " + Second(p.GetTime(PropertyTags.MessageDeliveryTime)) : "")),
            Part(() => writer.Write(isSent ? (long)(item.Flags & (MessageFlags.Read | MessageFlags.Unsent)) : 0)),
            Part(() => WriteMarks(writer, p)),
        ];
        long whole = Part(() => Array.ForEach(parts, writer.Write));
        for (int i = FirstOfContent; i <= LastOfContent; i++)
        {
            writer.Write(parts[i]);
        }

        return new ItemFingerprint(parts)
        {
            Whole = whole,
            Content = Bits128(writer.Finish()),
            Identity = p.GetString(PropertyTags.InternetMessageId) is { Length: > 0 } || p.GetTime(PropertyTags.ClientSubmitTime) is not null ? Bits64(identity.Hex) : 0,
            Exact = isExact ? Bits128(ItemDigester.Exact(item).Hex) : null,
            Bytes = textBytes + item.Attachments.Sum(a => a.HasEmbeddedItem ? 0 : a.Content?.Measure() ?? 0),
        };
    }

    /// <summary>In which parts two items differ.</summary>
    public ItemPart DifferencesTo(ItemFingerprint other)
    {
        if (other is null)
        {
            throw new ArgumentNullException(nameof(other));
        }

        ItemPart differences = ItemPart.None;
        for (int i = 0; i < s_parts.Length; i++)
        {
            differences |= _parts[i] == other._parts[i] ? ItemPart.None : s_parts[i];
        }

        return differences;
    }

    /// <summary>The highest level at which two items are the same; null where they are not even of one identity.</summary>
    public DigestLevel? LevelOf(ItemFingerprint other) => other is null ? throw new ArgumentNullException(nameof(other))
        : Exact is Guid exact && exact == other.Exact ? DigestLevel.Exact
        : Content == other.Content ? DigestLevel.Content
        : Identity != 0 && Identity == other.Identity ? DigestLevel.Identity
        : null;

    private static long WriteText(DigestWriter writer, MapiItem item, List<string> occurrences)
    {
        long bytes = ContentText.Write(writer, item);
        if (occurrences.Count > 0)
        {
            ItemDigester.WriteSorted(writer, occurrences);
        }

        return bytes;
    }

    private static string SenderOf(PropertyBag p) => (ItemParty.Author(p) is { Smtp.Length: > 0 } author ? author.Smtp! : ItemParty.Author(p).Name).ToUpperInvariant();

    private static void WriteMarks(DigestWriter writer, PropertyBag p)
    {
        ItemDigester.WriteSorted(writer, [.. p.TryGet(PropertyNames.Keywords, out PropertyValue value) && value.AsArray() is string[] words ? words : []]);
        writer.Write(p.GetInt32(PropertyTags.FlagStatus) ?? 0);
        writer.Write(p.GetInt32(PropertyTags.Importance) ?? 1);
    }

    private static string Second(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) ?? "";

    private static long Bits64(string hex) => long.Parse(hex.Substring(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static Guid Bits128(string hex) => Guid.ParseExact(hex.Substring(0, 32), "N");
}
