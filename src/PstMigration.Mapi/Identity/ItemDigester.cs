using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>Computes <see cref="ItemDigest"/>s. Attachments are streamed; the order of recipients and attachments does not matter.</summary>
public static class ItemDigester
{
    /// <summary>Items in items are followed this far; deeper ones count by their being there.</summary>
    private const int MaximumDepth = 8;

    /// <summary>The digest of a level.</summary>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static ItemDigest Compute(MapiItem item, DigestLevel level) => level switch
    {
        DigestLevel.Identity => Identity(item),
        DigestLevel.Content => Content(item),
        DigestLevel.Exact => Exact(item),
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>The identity digest: Message-ID, sent time, sender's address or name.</summary>
    public static ItemDigest Identity(MapiItem item)
    {
        PropertyBag p = Required(item).Properties;
        string sender = MailAddress.Smtp(
                p,
                PropertyTags.SentRepresentingSmtpAddress,
                PropertyTags.SentRepresentingAddressType,
                PropertyTags.SentRepresentingEmailAddress,
                PropertyTags.SentRepresentingEntryId,
                PropertyTags.SentRepresentingName)
            ?? p.GetString(PropertyTags.SentRepresentingName) ?? "";
        string sent = p.GetTime(PropertyTags.ClientSubmitTime)?.ToString("u", CultureInfo.InvariantCulture) ?? "";
        string text = string.Join("\n", p.GetString(PropertyTags.InternetMessageId) ?? "", sent, sender.ToUpperInvariant());
        return new ItemDigest(DigestLevel.Identity, Sha256.Hex(text));
    }

    /// <summary>
    /// The content digest: subject and text without markup and without regard to blanks, recipients by line and SMTP address
    /// (by name where there is none), attachments by name and bytes. Of items that are no mail also the fields that
    /// make them. The same mail stored as HTML and as text mostly gives the same digest; not where it is too large to be decoded as a whole.
    /// </summary>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ItemDigest Content(MapiItem item, CancellationToken cancellationToken = default)
    {
        using DigestWriter writer = new(cancellationToken);
        return new ItemDigest(DigestLevel.Content, Content(Required(item), writer, 0));
    }

    /// <summary>
    /// The exact digest: all properties of the item, its recipients and its attachments but those a store keeps for itself
    /// (sizes, row numbers, record keys, time of the last change) and this project's own marks.
    /// </summary>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static ItemDigest Exact(MapiItem item)
    {
        using DigestWriter writer = new();
        return new ItemDigest(DigestLevel.Exact, Exact(Required(item), writer, 0));
    }

    private static string Content(MapiItem item, DigestWriter writer, int depth)
    {
        List<string> attachments = item.Attachments.Select(a => ContentOf(a, writer, depth)).ToList();
        writer.Write("content");
        writer.Write(ContentText.Normalize(item.Subject));
        ContentText.Write(writer, item);
        WriteSorted(writer, RecipientsOf(item));
        WriteSorted(writer, attachments);
        WriteFields(writer, item);
        return writer.Finish();
    }

    /// <summary>The recipients as they are compared.</summary>
    internal static List<string> RecipientsOf(MapiItem item) =>
        [.. item.Recipients.Select(r => (int)r.Kind + " " + (r.SmtpAddress ?? r.DisplayName.Trim()).ToUpperInvariant())];

    /// <summary>Writes the fields that make an item that is no mail.</summary>
    internal static void WriteFields(DigestWriter writer, MapiItem item)
    {
        foreach (PropertyKey key in ContentFields.Of(item))
        {
            if (item.Properties.TryGet(key, out PropertyValue value) && value.AsString() is not "")
            {
                writer.Write(key.ToString());
                PropertyDigest.WriteValue(writer, value);
            }
        }
    }

    /// <summary>An attachment as it is compared; the writer has to be at its beginning, and is there again.</summary>
    internal static string ContentOf(MapiAttachment attachment, DigestWriter writer) => ContentOf(attachment, writer, 0);

    /// <summary>Writes values without regard to their order.</summary>
    internal static void WriteSorted(DigestWriter writer, List<string> values)
    {
        values.Sort(StringComparer.Ordinal);
        writer.Write(values.Count);
        foreach (string value in values)
        {
            writer.Write(value);
        }
    }

    private static string ContentOf(MapiAttachment attachment, DigestWriter writer, int depth)
    {
        if (attachment.HasEmbeddedItem)
        {
            return "item " + (depth < MaximumDepth ? Content(attachment.OpenEmbedded(), writer, depth + 1) : "");
        }

        if (attachment.Content is BinarySource content)
        {
            writer.Write(content);
            return "file " + writer.Finish() + " " + attachment.Name;
        }

        return "path " + (attachment.Properties.GetString(PropertyTags.AttachLongPathname) ?? "") + " " + attachment.Name;
    }

    private static string Exact(MapiItem item, DigestWriter writer, int depth)
    {
        List<string> recipients = item.Recipients.Select(r => ExactOf(r.Properties, writer, "")).ToList();
        List<string> attachments = item.Attachments.Select(a => ExactOf(
            a.Properties,
            writer,
            a.HasEmbeddedItem && depth < MaximumDepth ? Exact(a.OpenEmbedded(), writer, depth + 1) : "",
            a.HasEmbeddedItem ? [PropertyTags.AttachDataObject.Id] : [])).ToList();
        writer.Write("exact");
        PropertyDigest.Write(writer, item.Properties);
        WriteSorted(writer, recipients);
        WriteSorted(writer, attachments);
        return writer.Finish();
    }

    private static string ExactOf(PropertyBag properties, DigestWriter writer, string embedded, params ushort[] except)
    {
        PropertyDigest.Write(writer, properties, except);
        writer.Write(embedded);
        return writer.Finish();
    }

    private static MapiItem Required(MapiItem item) => item ?? throw new ArgumentNullException(nameof(item));
}
