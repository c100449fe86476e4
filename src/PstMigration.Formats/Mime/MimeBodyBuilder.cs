using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Builds the body of a message: text and HTML as alternatives, pictures related to the HTML, attachments beside.</summary>
internal sealed class MimeBodyBuilder(MimeItemWriter owner, LossList losses, MimeIdentity identity, MimeAddresses addresses)
{
    public MimeEntity Build(MapiItem item)
    {
        if (OpaqueCms(item) is MimeEntity cms)
        {
            return cms;
        }

        List<RtfPlace> places = RtfPlace.Find(item, identity);
        ItemBody body = BodyText.Read(item, new RtfToHtmlOptions
        {
            EmbedPictures = false,
            ContentIdDomain = identity.ContentIdDomain,
            AttachmentPlaceholder = n => n < places.Count ? places[n].Html : null,
        });
        losses.AddAll(body);
        bool isRtf = body.Native == BodyFormat.Rtf;
        MimePart? rtf = owner.IncludesRtf && body.Rtf is byte[] kept ? Rtf(kept) : null;
        if (isRtf && rtf is null)
        {
            losses.Add(LossKind.RtfFidelity);
        }

        MimeAttachmentBuilder attachments = new(owner, losses, body.Html, isRtf ? places : []);
        List<MimeEntity> related = [.. body.Pictures.Select(p => Picture(p, isKept: rtf is not null))];
        List<MimeEntity> mixed = [];
        string? report = MimeReportBuilder.TypeOf(item);
        MapiAttachment? stored = MimeReportBuilder.StatusPart(item);
        foreach (MapiAttachment attachment in item.Attachments)
        {
            owner.Cancellation.ThrowIfCancellationRequested();
            if (attachment != stored && attachments.Build(attachment, item, out bool isRelated) is MimeEntity part)
            {
                (isRelated && (body.Html ?? (object?)body.LargeHtml) is not null ? related : mixed).Add(part);
            }
        }

        string plain = WithReportText(body.ToPlainText(), item, report);
        MimePart? data = Calendar(item, plain) ?? Card(item);
        MimeEntity root = body.IsLarge ? LargeBodyOf(body, related, data) : BodyOf(body, plain, rtf, related, data);
        if (report is null)
        {
            return mixed.Count == 0 ? root : Multipart("mixed", [root, .. mixed]);
        }

        MimePart status = new MimeReportBuilder(item, addresses).Build();
        if (stored is not null)
        {
            owner.WriteProperties(stored, status);
        }

        Multipart whole = Multipart("report", [root, status, .. mixed]);
        whole.ContentType.Parameters["report-type"] = report;
        return whole;
    }

    /// <summary>A report may say more than its body does, where MIME has no other place for words.</summary>
    private static string WithReportText(string plain, MapiItem item, string? report)
    {
        IEnumerable<PropertyBag> places = report is null ? [] : item.Recipients.Select(r => r.Properties).Prepend(item.Properties);
        foreach (string said in places.Select(p => (p.GetString(ReportNames.ReportText) ?? "").Trim()).Where(t => t.Length > 0))
        {
            if (plain.IndexOf(said, StringComparison.Ordinal) < 0)
            {
                plain = plain.TrimEnd() + (plain.Length > 0 ? "\r\n\r\n" : "") + said;
            }
        }

        return plain;
    }

    /// <summary>When and where, for calendar programs.</summary>
    private MimePart? Calendar(MapiItem item, string description)
    {
        if (CalendarWriter.MethodOf(item) is not string method || new CalendarWriter(item, addresses, losses, description).Write(method) is not string calendar)
        {
            return null;
        }

        MimePart part = MimeText.Build("calendar", calendar);
        part.ContentType.Parameters["method"] = method;
        return part;
    }

    /// <summary>What a contact is, for address books.</summary>
    private static MimePart? Card(MapiItem item) => VCardWriter.Write(item) is string card ? MimeText.Build("vcard", card) : null;

    private MimeEntity BodyOf(ItemBody body, string plain, MimePart? rtf, List<MimeEntity> related, MimePart? calendar)
    {
        MimePart text = MimeText.Build("plain", plain);
        if (body.Html is null)
        {
            return calendar is null ? text : Multipart("alternative", [text, calendar]);
        }

        MimeEntity html = MimeText.Build("html", HtmlCharset.Declare(body.Html, "utf-8"));
        if (related.Count > 0)
        {
            Multipart multipart = Multipart("related", [html, .. related]);
            multipart.ContentType.Parameters["type"] = "text/html";
            html = multipart;
        }

        // A program shows the last it knows (RFC 2046 5.1.4): nobody is to be shown the RTF.
        return Multipart("alternative", new MimeEntity?[] { text, rtf, html, calendar }.OfType<MimeEntity>());
    }

    /// <summary>A body that is never held as a whole: HTML as it is stored, without a text made from it; text beside it where that is stored.</summary>
    private MimeEntity LargeBodyOf(ItemBody body, List<MimeEntity> related, MimePart? calendar)
    {
        MimeEntity? text = body.LargeText is BinarySource large ? MimeText.Build("plain", large) : body.Text is string small ? MimeText.Build("plain", small) : null;
        MimeEntity? html = body.LargeHtml is not BinarySource stored ? null
            : body.LargeHtmlEncoding == Encoding.Unicode ? MimeText.Build("html", stored)
            : MimeText.Stored("html", stored, body.LargeHtmlEncoding);
        if (html is not null && related.Count > 0)
        {
            Multipart multipart = Multipart("related", [html, .. related]);
            multipart.ContentType.Parameters["type"] = "text/html";
            html = multipart;
        }

        MimeEntity[] versions = [.. new[] { text, html, calendar }.OfType<MimeEntity>()];
        return versions.Length == 1 ? versions[0] : Multipart("alternative", versions);
    }

    private Multipart Multipart(string subtype, IEnumerable<MimeEntity> parts)
    {
        Multipart multipart = new(subtype) { Boundary = identity.NextBoundary() };
        foreach (MimeEntity part in parts)
        {
            multipart.Add(part);
        }

        return multipart;
    }

    private static MimePart Rtf(byte[] rtf)
    {
        MimePart part = new("application", "rtf")
        {
            Content = new Base64Content(BinarySource.FromBytes(rtf)),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        part.Headers.Add(OwnHeaders.InRtf, "1");
        return part;
    }

    private static MimePart Picture(RtfPicture picture, bool isKept)
    {
        MimePart part = new(picture.MimeType)
        {
            Content = new Base64Content(BinarySource.FromBytes(picture.Data)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Inline),
            ContentId = picture.ContentId,
        };
        if (isKept)
        {
            part.Headers.Add(OwnHeaders.InRtf, "1");
        }

        return part;
    }

    /// <summary>Opaque S/MIME: the single attachment is the CMS; it is passed on and never opened.</summary>
    private static MimePart? OpaqueCms(MapiItem item)
    {
        bool isSecure = item.MessageClass.EndsWith(".SMIME", StringComparison.OrdinalIgnoreCase) || item.IsOfClass("IPM.Note.Secure");
        if (!isSecure || item.Attachments.Count != 1 || item.Attachments[0] is not { Method: AttachMethod.ByValue, Content: { } content } attachment)
        {
            return null;
        }

        string? stored = attachment.Properties.GetString(PropertyTags.AttachMimeTag);
        ContentType? type = MimeAttachmentBuilder.Parse(stored);
        bool isCms = type?.IsMimeType("application", "pkcs7-mime") == true || type?.IsMimeType("application", "x-pkcs7-mime") == true;
        MimePart part = new(isCms ? type! : new ContentType("application", "pkcs7-mime"))
        {
            Content = new Base64Content(content),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        };
        part.FileName = attachment.Name.Length > 0 ? MimeAddresses.Clean(attachment.Name) : "smime.p7m";
        return part;
    }
}
