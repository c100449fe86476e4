using System.Globalization;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Makes the MIME message of one item: headers, then a body that is built, or spliced in where it is signed.</summary>
internal sealed class MimeItemWriter(MimeExportOptions options, LossList losses, int depth = 0)
{
    /// <summary>Messages in messages are followed this far.</summary>
    private const int MaximumDepth = 16;

    /// <summary>What a mailbox gives versions for, besides mail.</summary>
    private static readonly string[] s_kinds = ["IPM.Contact", "IPM.Appointment", "IPM.Task"];

    private static readonly RawHeader s_version = new("MIME-Version", " 1.0\r\n");

    private MimeIdentity? _identity;

    public void Write(MapiItem item, Stream target)
    {
        losses.AddAll(item.Losses);
        NoteLosses(item);
        MimeIdentity identity = MimeIdentity.Of(item);
        _identity = identity;
        MimeAddresses addresses = new(item, options, losses);
        MimeHeaderWriter writer = new(options, losses, identity, addresses);
        HeaderList headers = writer.Write(item);
        if (options.IncludeAllProperties)
        {
            writer.WriteProperties(item, headers);
        }

        WrittenPart? body = SignedEntity.TryFind(item, out BinarySource? entity) ? null : new MimeBodyBuilder(this, losses, identity, addresses).Build(item);

        // Headers of the file before those of the message, made last: only now all losses are known.
        List<Header> own = depth == 0 ? [.. writer.Own(item), .. Seal(item, headers, body)] : [];
        HeaderBlock.Write([.. own, .. headers, s_version], target);
        if (body is null)
        {
            using Stream stream = entity!.OpenRead();
            stream.CopyTo(target);
        }
        else
        {
            body.WriteTo(target, isLast: true, options.Cancellation);
        }
    }

    /// <summary>
    /// The seal of a copy of what is no mail and has no Message-ID to be known by. MIME does not hold all of it, so that it can be known as what it was copied from only while nobody changes the file.
    /// </summary>
    private List<Header> Seal(MapiItem item, HeaderList headers, WrittenPart? body)
    {
        if (options.Provenance is null || body is null || !s_kinds.Any(item.IsOfClass))
        {
            return [];
        }

        using FileSeal seal = new();
        HeaderBlock.Write([.. headers, s_version], seal);
        body.WriteTo(seal, isLast: true, options.Cancellation);
        return [OwnHeaders.MakeRaw(OwnHeaders.Seal, seal.Finish())];
    }

    /// <summary>Stops the writing.</summary>
    public CancellationToken Cancellation => options.Cancellation;

    /// <summary>A boundary no other multipart of the message has.</summary>
    public string NextBoundary() => _identity!.NextBoundary();

    /// <summary>Whether RTF is kept beside the HTML made from it.</summary>
    public bool IncludesRtf => options.IncludeRtf;

    /// <summary>Adds the properties of an attachment MIME has no place for, where they are asked for.</summary>
    public void WriteProperties(MapiAttachment attachment, MimeEntity part)
    {
        if (options.IncludeAllProperties)
        {
            foreach (PropertyKey key in PropertyHeaders.Write(attachment.Properties, part.Headers))
            {
                losses.Add(LossKind.Field, key.ToString());
            }
        }
    }

    /// <summary>Adds one property of an attachment, unless all are added.</summary>
    public void WriteProperty(MapiAttachment attachment, PropertyTag tag, MimeEntity part)
    {
        if (!options.IncludeAllProperties && attachment.Properties.TryGet(tag, out PropertyValue value))
        {
            PropertyBag one = new();
            one[tag] = value;
            PropertyHeaders.Write(one, part.Headers);
        }
    }

    /// <summary>The item of an attachment as a part; null where it is too deep.</summary>
    public MimePart? WriteEmbedded(MapiItem item)
    {
        if (depth >= MaximumDepth)
        {
            losses.Add(LossKind.NestedAttachment, item.Subject);
            return null;
        }

        // Written out rather than nested as an object, so that a signed message inside stays as it is.
        MemoryStream bytes = new();
        new MimeItemWriter(options, losses, depth + 1).Write(item, bytes);
        bytes.Position = 0;
        return new MimePart("message", "rfc822")
        {
            Content = new MimeContent(bytes),
            ContentTransferEncoding = IsSevenBit(bytes) ? ContentEncoding.SevenBit : ContentEncoding.EightBit,
        };
    }

    /// <summary>What has no place in MIME at all: classes other than mail, and named properties that are no headers.</summary>
    private void NoteLosses(MapiItem item)
    {
        bool isTold = item.IsOfClass("IPM.Note.SMIME") || item.IsOfClass("IPM.Note.Secure")
            || MimeReportBuilder.TypeOf(item) is not null || CalendarWriter.MethodOf(item) is not (null or "PUBLISH") || options.IncludeAllProperties;
        if (!isTold && !item.MessageClass.Equals("IPM.Note", StringComparison.OrdinalIgnoreCase))
        {
            losses.Add(LossKind.MessageClass, item.MessageClass);
        }

        losses.AddAll(LargeValues.Losses(item, PropertyTags.Body, PropertyTags.BodyHtml, PropertyTags.RtfCompressed));
        if (!options.IncludeAllProperties)
        {
            losses.AddNamed(item, IsCarried);
        }
    }

    private static bool IsCarried(PropertyName name) =>
        name == PropertyNames.Keywords || name == PropertyNames.FlagRequest || name.Set == PropertySets.InternetHeaders
        || name.Set == PropertySets.PstMigration || name == PropertyNames.Marker;

    private static bool IsSevenBit(MemoryStream bytes) =>
        CharsetDetector.IsSevenBit(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
}
