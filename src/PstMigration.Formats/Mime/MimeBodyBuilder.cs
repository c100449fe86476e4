using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Builds the body of a message: text and HTML as alternatives, pictures related to the HTML, attachments beside.</summary>
internal sealed class MimeBodyBuilder(MimeItemWriter owner, LossList losses, MimeIdentity identity, MimeAddresses addresses)
{
    public WrittenPart Build(MapiItem item)
    {
        if (OpaqueCms(item) is MimeEntity cms)
        {
            return new LibraryPart(cms);
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
        List<WrittenPart> related = [.. body.Pictures.Select(p => new LibraryPart(Picture(p, isKept: rtf is not null)))];
        List<WrittenPart> mixed = [];
        string? report = MimeReportBuilder.TypeOf(item);
        MapiAttachment? stored = MimeReportBuilder.StatusPart(item);
        foreach (MapiAttachment attachment in item.Attachments)
        {
            owner.Cancellation.ThrowIfCancellationRequested();
            if (attachment != stored && attachments.Build(attachment, item, out bool isRelated) is MimeEntity part)
            {
                (isRelated && (body.Html ?? (object?)body.LargeHtml) is not null ? related : mixed).Add(new LibraryPart(part));
            }
        }

        string plain = WithReportText(body.ToPlainText(), item, report);
        WrittenText? data = Calendar(item, plain) ?? Card(item);
        WrittenPart root = body.IsLarge ? LargeBodyOf(body, related, data) : BodyOf(body, plain, rtf, related, data);
        if (report is null)
        {
            return mixed.Count == 0 ? root : Multipart("mixed", [root, .. mixed]);
        }

        MimePart status = new MimeReportBuilder(item, addresses).Build();
        if (stored is not null)
        {
            owner.WriteProperties(stored, status);
        }

        return Multipart("report", [root, new LibraryPart(status), .. mixed], "report-type=" + report);
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
    private WrittenText? Calendar(MapiItem item, string description)
    {
        return CalendarWriter.MethodOf(item) is string method && new CalendarWriter(item, addresses, losses, description).Write(method) is string calendar
            ? MimeText.Build("calendar", calendar, "; method=" + method)
            : null;
    }

    /// <summary>What a contact is, for address books.</summary>
    private static WrittenText? Card(MapiItem item) => VCardWriter.Write(item) is string card ? MimeText.Build("vcard", card) : null;

    private WrittenPart BodyOf(ItemBody body, string plain, MimePart? rtf, List<WrittenPart> related, WrittenText? data)
    {
        WrittenText text = MimeText.Build("plain", plain);
        if (body.Html is null)
        {
            return data is null ? text : Multipart("alternative", [text, data]);
        }

        // A program shows the last it knows (RFC 2046 5.1.4): nobody is to be shown the RTF.
        WrittenPart html = WithRelated(MimeText.Build("html", HtmlCharset.Declare(body.Html, "utf-8")), related);
        return Multipart("alternative", [text, .. rtf is null ? [] : (WrittenPart[])[new LibraryPart(rtf)], html, .. data is null ? [] : (WrittenPart[])[data]]);
    }

    /// <summary>A body that is never held as a whole: HTML as it is stored, without a text made from it; text beside it where that is stored.</summary>
    private WrittenPart LargeBodyOf(ItemBody body, List<WrittenPart> related, WrittenText? data)
    {
        WrittenText? text = body.LargeText is BinarySource large ? MimeText.Build("plain", large) : body.Text is string small ? MimeText.Build("plain", small) : null;
        WrittenText? html = body.LargeHtml is not BinarySource stored ? null
            : body.LargeHtmlEncoding == Encoding.Unicode ? MimeText.Build("html", stored)
            : MimeText.Stored("html", stored, body.LargeHtmlEncoding);
        WrittenPart[] versions = [.. new[] { text, html is null ? null : WithRelated(html, related), data }.OfType<WrittenPart>()];
        return versions.Length == 1 ? versions[0] : Multipart("alternative", versions);
    }

    private WrittenPart WithRelated(WrittenText html, List<WrittenPart> related) =>
        related.Count == 0 ? html : Multipart("related", [html, .. related], "type=\"text/html\"");

    private WrittenMultipart Multipart(string subtype, IReadOnlyList<WrittenPart> parts, string? parameter = null) => new(subtype, identity.NextBoundary(), parts, parameter);

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
