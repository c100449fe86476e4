using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes items as HTML documents that are safe to open: heading, then the body. Nothing in them runs, is sent or is loaded from
/// elsewhere; a Content-Security-Policy says so to the browser once more. Links into the web stay and tell nobody where they were.
/// </summary>
public static class HtmlExport
{
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

    // The body's box lets nothing in it be drawn over the heading.
    private const string OwnSheet = """
        body{margin:0;font-family:sans-serif;font-size:11pt;background:#fff;color:#000}
        table.mail-heading{margin:0 0 1em;padding:.5em 1em;width:100%;background:#f3f3f3;border-bottom:1px solid #ccc;border-spacing:0}
        table.mail-heading th{width:1%;padding:.1em 1em .1em 0;text-align:left;vertical-align:top;white-space:nowrap;color:#555}
        table.mail-heading td{overflow-wrap:anywhere}
        div.mail-body{position:relative;contain:layout paint;overflow:auto;padding:0 1em 1em}
        div.mail-body pre.mail-text{font-family:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
        div.mail-body span.mail-blocked{color:#777}
        div.mail-body a[data-href]::after{content:" [" attr(data-href) "]";color:#777}
        """;

    /// <summary>Writes an item as UTF-8. The stream stays open.</summary>
    /// <returns>What the document does not hold.</returns>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, HtmlExportOptions? options = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        LossList losses = new(item);
        using StreamWriter writer = new(target, new UTF8Encoding(false), 16 * 1024, leaveOpen: true);
        Write(item, options ?? new HtmlExportOptions(), losses, writer);
        return losses.ToList();
    }

    private static void Write(MapiItem item, HtmlExportOptions options, LossList losses, StreamWriter writer)
    {
        List<RtfPlace> places = RtfPlace.Find(item, MimeIdentity.Of(item));
        ItemBody body = BodyText.Read(item, new RtfToHtmlOptions
        {
            EmbedPictures = false,
            OnlyShownPictures = true,
            AttachmentPlaceholder = n => n < places.Count ? places[n].Html : null,
        });
        HtmlPictures pictures = new(item, body.Native == BodyFormat.Rtf ? places : [], body.Pictures, options);
        SanitizedHtml content = body.Html is null ? PlainText(body.ToPlainText()) : HtmlSanitizer.Sanitize(body.Html, pictures);
        ItemHeading heading = ItemHeading.Of(item);
        Dictionary<ShownAttachment, string> links = Keep(heading, pictures, options, losses);
        HeadingLosses.Note(item, losses, a => options.KeepAttachment is not null || pictures.Shown.Contains(a));
        losses.AddAll(body);
        if (body.Rtf is byte[] rtf && options.KeepRtf is Action<byte[]> keep)
        {
            keep(rtf);
        }
        else if (body.Native == BodyFormat.Rtf)
        {
            losses.Add(LossKind.RtfFidelity);
        }

        if (content.IsDisarmed)
        {
            losses.Add(LossKind.ActiveContent);
        }

        options.Tell?.Invoke(heading, [.. heading.Attachments.Where(a => !pictures.Shown.Contains(a.Source)).Select(a => a.Name)]);
        writer.Write(Head(heading, links, content, options));
        if (body.LargeText is BinarySource large)
        {
            WriteLarge(large, writer);
        }
        else
        {
            writer.Write(content.Content);
            losses.AddLarge(body);
        }

        writer.Write("</div>\n</body>\n</html>\n");
    }

    /// <summary>A text that is too large to be held as a whole, piece by piece.</summary>
    private static void WriteLarge(BinarySource utf16, StreamWriter writer)
    {
        writer.Write("<pre class=\"mail-text\">");
        foreach (string piece in TextPieces.Of(utf16))
        {
            writer.Write(new StringBuilder(piece.Length).AppendText(piece).ToString());
        }

        writer.Write("</pre>");
    }

    /// <summary>Has attachments kept beside the document.</summary>
    /// <returns>The address of each that was.</returns>
    private static Dictionary<ShownAttachment, string> Keep(ItemHeading heading, HtmlPictures pictures, HtmlExportOptions options, LossList losses)
    {
        Dictionary<ShownAttachment, string> links = [];
        if (options.KeepAttachment is Func<MapiAttachment, LossList, string?> keep)
        {
            foreach (ShownAttachment attachment in heading.Attachments.Where(a => !pictures.Shown.Contains(a.Source)))
            {
                if (keep(attachment.Source, losses) is string address)
                {
                    links[attachment] = address;
                }
            }
        }

        return links;
    }

    private static SanitizedHtml PlainText(string text) => new(
        text.Length == 0 ? "" : new StringBuilder("<pre class=\"mail-text\">").AppendText(text).Append("</pre>").ToString(), "", "", IsDisarmed: false);

    /// <summary>All before the body.</summary>
    private static string Head(ItemHeading heading, Dictionary<ShownAttachment, string> links, SanitizedHtml content, HtmlExportOptions options)
    {
        StringBuilder page = new(content.Sheet.Length + 4096);
        page.Append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"")
            .AppendAttribute("content", Policy)
            .Append(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta http-equiv=\"x-dns-prefetch-control\" content=\"off\">\n<title>")
            .AppendText(heading.Subject)
            .Append("</title>\n<style>\n").Append(OwnSheet.Replace("\r", "")).Append("\n</style>\n");
        if (content.Sheet.Length > 0)
        {
            page.Append("<style>\n").Append(content.Sheet).Append("</style>\n");
        }

        page.Append("</head>\n<body>\n<table class=\"mail-heading\">\n");
        foreach (KeyValuePair<string, string> line in heading.Lines(options.TimeZone))
        {
            Row(page, line.Key, line.Value);
        }

        if (heading.Attachments.Count > 0)
        {
            Attachments(page, heading.Attachments, links);
        }

        page.Append("</table>\n<div class=\"mail-body\"");
        if (content.Style.Length > 0)
        {
            page.AppendAttribute("style", content.Style);
        }

        return page.Append('>').ToString();
    }

    // bdi: text that runs from right to left does not turn its neighbours.
    private static void Row(StringBuilder page, string name, string value) =>
        page.Append("<tr><th>").AppendText(name).Append("</th><td><bdi>").AppendText(value).Append("</bdi></td></tr>\n");

    private static void Attachments(StringBuilder page, IReadOnlyList<ShownAttachment> attachments, Dictionary<ShownAttachment, string> links)
    {
        page.Append("<tr><th>Attachments</th><td><bdi>");
        for (int i = 0; i < attachments.Count; i++)
        {
            page.Append(i > 0 ? "; " : "");
            if (links.TryGetValue(attachments[i], out string? address))
            {
                page.Append("<a").AppendAttribute("href", address).Append(" rel=\"noreferrer noopener nofollow\" target=\"_blank\">")
                    .AppendText(attachments[i].Name).Append("</a>").AppendText(Describe(attachments[i]).Substring(attachments[i].Name.Length));
            }
            else
            {
                page.AppendText(Describe(attachments[i]));
            }
        }

        page.Append("</bdi></td></tr>\n");
    }

    private static string Describe(ShownAttachment attachment) =>
        attachment.Name + " (" + attachment.Size.ToString("N0", CultureInfo.InvariantCulture) + ")";
}
