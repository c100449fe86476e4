using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Makes the item of one parsed message, which is nested in <c>depth</c> others.</summary>
internal sealed class MimeItemReader(MimeOffsets offsets, MimeImportOptions options, int depth = 0, bool isInCopy = false)
{
    /// <summary>Header blocks longer than this are cut, at a line.</summary>
    private const int MaximumHeaders = 1024 * 1024;

    private readonly LossList _losses = new();
    private Encoding _fallback = CodePages.Get(CodePages.Western);

    /// <summary>Whether this project wrote it, where a winmail.dat is a file among others: what was in it is beside it.</summary>
    private bool _isCopy = isInCopy;

    public MapiItem Read(MimeMessage message)
    {
        _fallback = Repair(message, options.CodePage);
        _isCopy |= options.IsFromOwnFile && OwnHeaders.IsCopy(message.Headers);
        MapiItem item = new();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        MimeHeaderReader.Read(message, options, item, _losses);
        if (options.IsFromOwnFile && depth == 0 && OwnHeaders.ParseTime(message.Headers[OwnHeaders.Received]) is DateTimeOffset received)
        {
            p.Set(PropertyTags.MessageDeliveryTime, received);
        }

        if (options.KeepTransportHeaders)
        {
            p.Set(PropertyTags.TransportMessageHeaders, HeaderBlock(message));
        }

        if (!ReadSecure(message, item))
        {
            ReadBody(message, item);
        }

        if (offsets.TakeRest() is BinarySource rest)
        {
            item.Attachments.Add(Unread(rest));
            _losses.Add(LossKind.TooLarge, "Parts");
        }

        MessageFlags flags = options.Flags
            | (item.Attachments.Count > 0 ? MessageFlags.HasAttachments : 0)
            | (message.Headers["X-Unsent"]?.Trim() == "1" || IsDraft(message) ? MessageFlags.Unsent : 0);
        p.Set(PropertyTags.MessageFlags, (int)flags);
        if (options.IsFromFile)
        {
            MailKeywords.AddTo(p, MailKeywords.Parse(f => message.Headers[f]), options.Tags);
        }

        if (options.IsFromOwnFile)
        {
            ReadOwn(message, item);
        }

        if (depth == 0 && (offsets.Limit?.IsCut == true || offsets.HasLongHeaders))
        {
            _losses.Add(LossKind.TooLarge, "Headers");
        }

        _losses.AddTo(item);
        return item;
    }

    private bool IsDraft(MimeMessage message) => options.IsInDrafts && message.Headers[HeaderId.Received] is null && !_isCopy;

    private MapiItem ReadEmbedded(MimeMessage message) =>
        MimeImport.Guard(() => new MimeItemReader(offsets, options with { StoredTime = null, IsInDrafts = false }, depth + 1, _isCopy).Read(message));

    private MapiItem? ReadEncoded(BinarySource source)
    {
        if (depth >= MimeImport.MaximumDepth)
        {
            return null;
        }

        MimeMessageParser parser = new();
        MimeMessage message;
        try
        {
            message = parser.ParseMessage(source);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            return null;
        }

        bool isMessage = message.Headers.Any(h => h.Id is HeaderId.From or HeaderId.Subject or HeaderId.Date or HeaderId.MessageId or HeaderId.Received);
        return isMessage ? new MimeItemReader(parser.Offsets, options with { StoredTime = null, IsInDrafts = false }, depth + 1, _isCopy).Read(message) : null;
    }

    private void ReadBody(MimeMessage message, MapiItem item)
    {
        MimeStructure structure = MimeStructure.Of(message.Body, options.IsFromOwnFile);
        string? html = new MimeBodyReader(_fallback.CodePage, _losses).Read(structure, item.Properties);
        if (MimeReports.ClassOf(message.Body) is string report)
        {
            item.Properties.Set(PropertyTags.MessageClass, report);
            MimeReports.Read(message.Body!, item);
        }

        MimeAttachmentReader attachments = new(new HtmlReferences(html), ReadEmbedded, ReadEncoded);
        foreach ((MimeEntity part, bool isRelated) in structure.Attachments)
        {
            if (IsCalendar(part, item) || IsCard(part, message, item) || (!_isCopy && MimeTnef.Unpack(part, message, item, depth) == TnefOutcome.Whole))
            {
                continue;
            }

            if (part is MessagePart { Message: MimeMessage inner })
            {
                // Its subject is the name of the attachment.
                Repair(inner, options.CodePage);
            }

            MapiAttachment attachment = attachments.Read(part, isRelated && structure.Rtf is null);
            if (options.IsFromOwnFile)
            {
                PropertyHeaders.Read(part.Headers, attachment.Properties);
            }

            item.Attachments.Add(attachment);
        }

        if (html is null && structure.Rtf is null)
        {
            UuencodedText.Unpack(item);
        }
    }

    /// <summary>A calendar that says its method, in its part or, where it is no file, by itself.</summary>
    private bool IsCalendar(MimeEntity part, MapiItem item)
    {
        if (part is not TextPart text || !text.ContentType.IsMimeType("text", "calendar"))
        {
            return false;
        }

        string method = text.ContentType.Parameters["method"] ?? "";
        return (method.Length > 0 || !BodyPart.IsNamed(text))
            && PartSource.Of(text).TryToArray(CalendarComponent.MaximumLength) is byte[] content
            && CalendarReader.TryRead(HtmlDecoder.Decode(CalendarComponent.Unfold(content), MimeBodyReader.CodePageOf(text), 0), method, item, options.IsFromOwnFile, options.TimeZone, _losses);
    }

    /// <summary>Reads the card that this project writes into a contact's mail; other cards stay attachments.</summary>
    private bool IsCard(MimeEntity part, MimeMessage message, MapiItem item) =>
        options.IsFromOwnFile && part is TextPart text && text.ContentType.IsMimeType("text", "vcard") && !BodyPart.IsNamed(part)
        && MessageClasses.IsOfClass(message.Headers[OwnHeaders.MessageClass]?.Trim() ?? "", "IPM.Contact")
        && PartSource.Of(text).TryToArray(CalendarComponent.MaximumLength) is byte[] content
        && VCardReader.TryRead(HtmlDecoder.Decode(CalendarComponent.Unfold(content), MimeBodyReader.CodePageOf(text), 0), item);

    /// <summary>What files of this project say about the message: the class, where it was copied from, and properties that have no place in MIME.</summary>
    private void ReadOwn(MimeMessage message, MapiItem item)
    {
        if (depth == 0 && message.Headers[OwnHeaders.MessageClass]?.Trim() is { Length: > 0 and < 256 } messageClass)
        {
            item.Properties.Set(PropertyTags.MessageClass, messageClass);
        }

        if (depth == 0 && message.Headers[OwnHeaders.Source] is { Length: > 0 } source)
        {
            // Contacts, calendar items and tasks have no Message-ID by which their mailbox would know them again.
            item.Properties.Set(PropertyNames.SourceKey, OwnHeaders.DecodeFolded(source));
            item.Properties.Set(PropertyNames.SourceVersion, OwnHeaders.DecodeFolded(message.Headers[OwnHeaders.Version] ?? ""));
        }

        HeaderList own = [];
        PropertyBag target = item.Properties;
        bool isFirst = true;
        foreach (Header header in message.Headers.Where(h => h.Field.Equals(OwnHeaders.Property, StringComparison.OrdinalIgnoreCase)
            || h.Field.Equals(OwnHeaders.Recipient, StringComparison.OrdinalIgnoreCase)))
        {
            if (header.Field.Equals(OwnHeaders.Property, StringComparison.OrdinalIgnoreCase))
            {
                own.Add(header);
                continue;
            }

            // The rows take the place of those made from the lines of addresses.
            PropertyHeaders.Read(own, target);
            own = [];
            if (isFirst)
            {
                item.Recipients.Clear();
                isFirst = false;
            }

            target = new PropertyBag();
            item.Recipients.Add(new MapiRecipient(target));
        }

        PropertyHeaders.Read(own, target);
    }

    /// <summary>Signed and encrypted mail keeps its bytes in one attachment ([MS-OXOSMIME]).</summary>
    private bool ReadSecure(MimeMessage message, MapiItem item)
    {
        if (message.Body is MultipartSigned signed && IsSmimeSignature(signed.ContentType.Parameters["protocol"]))
        {
            ReadSigned(message, item);
            return true;
        }

        bool isCms = message.Body is MimePart
            && (message.Body.ContentType.IsMimeType("application", "pkcs7-mime") || message.Body.ContentType.IsMimeType("application", "x-pkcs7-mime"));
        if (isCms)
        {
            MapiAttachment attachment = new MimeAttachmentReader(new HtmlReferences(null), ReadEmbedded, ReadEncoded).Read(message.Body!, isRelated: false);
            attachment.Properties.Set(PropertyTags.AttachMimeTag, TypeWithParameters(message.Body!));
            attachment.Properties.Set(PropertyTags.AttachLongFilename, "smime.p7m");
            item.Properties.Set(PropertyTags.MessageClass, "IPM.Note.SMIME");
            item.Attachments.Add(attachment);
        }

        return isCms;
    }

    private void ReadSigned(MimeMessage message, MapiItem item)
    {
        (BinarySource source, long _, long body, long end) = offsets.Of(message);
        StringBuilder prefix = new();
        foreach (Header header in message.Body!.Headers.Where(h => h.Id is HeaderId.ContentType or HeaderId.ContentTransferEncoding))
        {
            string value = Encoding.UTF8.GetString(header.RawValue).Replace("\r\n", "\n").TrimEnd('\n').Replace("\n", "\r\n");
            prefix.Append(header.Field).Append(':').Append(value).Append("\r\n");
        }

        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, "smime.p7m");
        p.Set(PropertyTags.AttachMimeTag, "multipart/signed");
        p.Set(PropertyTags.RenderingPosition, -1);
        BinarySource slice = new SliceSource([], source, body, end);
        BinarySource signedText = options.IsFromFile ? CanonicalSource.Of(slice) : slice;
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new SliceSource(Encoding.UTF8.GetBytes(prefix + "\r\n"), signedText, 0, signedText.Measure()));

        // The signed text is readable: it is kept as the body too, as Outlook does.
        new MimeBodyReader(_fallback.CodePage, _losses).Read(MimeStructure.Of(message.Body), item.Properties);
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Note.SMIME.MultipartSigned");
        item.Attachments.Add(new MapiAttachment(p));
    }

    /// <summary>Parts beyond those that are told apart, as they came.</summary>
    private static MapiAttachment Unread(BinarySource parts)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, "parts.txt");
        p.Set(PropertyTags.AttachMimeTag, "text/plain");
        p.Set(PropertyTags.RenderingPosition, -1);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(parts);
        return new MapiAttachment(p);
    }

    private static bool IsSmimeSignature(string? protocol) =>
        protocol?.Trim().ToUpperInvariant() is "APPLICATION/PKCS7-SIGNATURE" or "APPLICATION/X-PKCS7-SIGNATURE";

    private static string TypeWithParameters(MimeEntity part)
    {
        StringBuilder type = new(part.ContentType.MimeType);
        foreach (Parameter parameter in part.ContentType.Parameters.Where(p => p.Name.ToUpperInvariant() is "SMIME-TYPE" or "NAME"))
        {
            type.Append("; ").Append(parameter.Name).Append('=').Append(MimeAddresses.Clean(parameter.Value));
        }

        return type.ToString();
    }

    /// <summary>Decodes headers that hold bytes they should not.</summary>
    /// <returns>The encoding of what nobody declared.</returns>
    private static Encoding Repair(MimeMessage message, int codePage)
    {
        List<MimeEntity> parts = message.Body is null ? [] : AllParts(message.Body).ToList();
        Encoding fallback = UndeclaredCharset.Find(message, parts, codePage);
        HeaderRepair.Repair(message.Headers, fallback);
        foreach (MimeEntity part in parts)
        {
            HeaderRepair.Repair(part.Headers, fallback);
        }

        return fallback;
    }

    private static IEnumerable<MimeEntity> AllParts(MimeEntity root)
    {
        Stack<MimeEntity> open = new([root]);
        while (open.Count > 0)
        {
            MimeEntity part = open.Pop();
            yield return part;
            foreach (MimeEntity child in part as Multipart ?? [])
            {
                open.Push(child);
            }
        }
    }

    private static bool IsOwn(string line) => line.IndexOf(':') is > 0 and int colon && OwnHeaders.IsOwn(line.Substring(0, colon));

    private string HeaderBlock(MimeMessage message)
    {
        (BinarySource source, long begin, long body, long _) = offsets.Of(message);
        if (depth == 0 && offsets.Limit is HeaderLimit limit)
        {
            (source, begin, body) = (limit.Original, 0, limit.Original.Measure());
        }

        byte[] bytes = new byte[(int)Math.Min(Math.Max(body - begin, 0), MaximumHeaders)];
        if (body - begin > MaximumHeaders)
        {
            _losses.Add(LossKind.TooLarge, ((PropertyKey)PropertyTags.TransportMessageHeaders).ToString());
        }

        using SourceStream stream = new(source) { Position = begin };
        Array.Resize(ref bytes, stream.Fill(bytes));
        string text = HeaderRepair.Decode(bytes, _fallback).Replace("\r\n", "\n").Replace("\n\r", "\n").Replace('\r', ' ').TrimEnd('\n');
        if (options.IsFromFile)
        {
            bool isOwn = false;
            text = string.Join("\n", text.Split('\n').Where(l => !(isOwn = l.Length > 0 && l[0] is ' ' or '\t' ? isOwn : IsOwn(l))));
        }

        return text.Replace("\n", "\r\n") + "\r\n\r\n";
    }
}
