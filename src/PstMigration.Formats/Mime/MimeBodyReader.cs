using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads the parts that are shown into properties: RTF, or HTML as the bytes it came in; text decoded. Several parts become one body that shows them
/// in their order.
/// </summary>
/// <param name="fallback">The code page of text that neither says its own nor shows it.</param>
/// <param name="losses">Takes charsets nobody knows.</param>
internal sealed class MimeBodyReader(int fallback, LossList losses)
{
    private const int NativeText = 1;
    private const int NativeRtf = 2;
    private const int NativeHtml = 3;

    /// <summary>Sets the body.</summary>
    /// <returns>The HTML as text, or null.</returns>
    public string? Read(MimeStructure structure, PropertyBag p)
    {
        if (LargeMimeBody.Is(structure))
        {
            new LargeMimeBody(fallback, losses).Read(structure, p);
            return null;
        }

        string? html = null;
        if (structure.Rtf is MimePart rtf)
        {
            p.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(PartSource.Of(rtf).ToArray()));
            p.Set(PropertyTags.RtfInSync, true);
            p.Set(PropertyTags.InternetCodepage, CodePages.Utf8);
        }
        else if (structure.Rich.Count > 0)
        {
            html = SetHtml(structure.Rich, p);
        }
        else
        {
            int declared = structure.Plain.Count == 1 ? CodePageOf(structure.Plain[0].Part) : 0;
            p.Set(PropertyTags.InternetCodepage, declared > 0 ? declared : CodePages.Utf8);
        }

        bool isHtmlAlone = structure.Plain.All(b => b.Kind != BodyKind.Plain) && html is not null;
        p.Set(PropertyTags.NativeBody, structure.Rtf is not null ? NativeRtf : html is null ? NativeText : NativeHtml);
        p.Set(PropertyTags.Body, isHtmlAlone ? HtmlToText.Convert(html!) : JoinTexts(structure.Plain));
        return html;
    }

    /// <summary>The code page a part declares; 0 where it declares none that is known.</summary>
    public static int CodePageOf(MimeEntity part) => CodePages.Find(CharsetOf(part))?.CodePage ?? 0;

    private static string? CharsetOf(MimeEntity part)
    {
        const string Parameter = "charset=";
        if (part.ContentType.Charset is { Length: > 0 } charset)
        {
            return charset;
        }

        // Where the semicolon before it is missing, the parser does not see it.
        string said = part.Headers[HeaderId.ContentType] ?? "";
        int at = said.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : said.Substring(at + Parameter.Length).Split(';', ' ', '\t')[0].Trim('"', '\'');
    }

    /// <summary>A single document stays as it came; what is joined or converted is UTF-8.</summary>
    private string SetHtml(IReadOnlyList<BodyPart> parts, PropertyBag p)
    {
        BodyPart first = parts[0];
        byte[] bytes = first.Content.ToArray();
        int codePage = CodePageOf(first.Part);
        bool isAsItCame = parts.Count == 1 && first.Kind != BodyKind.Enriched && CodePages.IsWindows(codePage) && TextBehind(first).Length == 0;
        string html;
        if (isAsItCame)
        {
            html = HtmlDecoder.Decode(bytes, codePage, fallback);
        }
        else
        {
            html = parts.Count == 1 && TextBehind(first).Length == 0 ? HtmlOf(first) : Join(parts);
            bytes = Encoding.UTF8.GetBytes(html);
            codePage = CodePages.Utf8;
        }

        p.Set(PropertyTags.BodyHtml, bytes);
        p.Set(PropertyTags.InternetCodepage, codePage);
        return html;
    }

    private string Join(IReadOnlyList<BodyPart> parts)
    {
        JoinedHtml joined = new();
        foreach (BodyPart part in parts)
        {
            if (part.Kind == BodyKind.Plain)
            {
                joined.AddText(Text(part));
                continue;
            }

            joined.AddHtml(HtmlOf(part));
            if (TextBehind(part) is { Length: > 0 } behind)
            {
                joined.AddText(behind);
            }
        }

        return joined.ToString();
    }

    private string HtmlOf(BodyPart part)
    {
        string text = Decode(part);
        return part.Kind == BodyKind.Enriched ? EnrichedText.ToHtml(text) : HtmlCharset.Declare(text, "utf-8");
    }

    private string JoinTexts(IReadOnlyList<BodyPart> parts)
    {
        StringBuilder text = new();
        foreach (BodyPart part in parts)
        {
            if (text.Length > 0 && text[text.Length - 1] != '\n')
            {
                text.Append("\r\n");
            }

            text.Append(text.Length > 0 ? "\r\n" : "").Append(part.Kind == BodyKind.Plain ? Text(part) : HtmlToText.Convert(HtmlOf(part)));
        }

        return text.ToString();
    }

    private string Text(BodyPart part)
    {
        string text = Decode(part);
        if (part.Part is TextPart { IsFlowed: true })
        {
            text = FlowedText.Unfold(text, string.Equals(part.Part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase));
        }

        string lines = text.Replace("\r\n", "\n").Replace('\r', '\n');
        string behind = TextBehind(part).Replace("\r\n", "\n").Replace('\r', '\n');
        return (behind.Length == 0 ? lines : lines.TrimEnd('\n') + "\n" + behind.TrimStart('\n')).Replace("\n", "\r\n");
    }

    /// <summary>What somebody put behind encoded text as it is.</summary>
    private string TextBehind(BodyPart part) => part.TextBehind is BinarySource behind ? HtmlDecoder.Decode(behind.ToArray(), CodePageOf(part.Part), fallback) : "";

    private string Decode(BodyPart part)
    {
        byte[] bytes = part.Content.ToArray();
        int codePage = CodePageOf(part.Part);
        if (codePage == 0 && CharsetOf(part.Part) is { Length: > 0 } unknown && !CharsetDetector.IsSevenBit(bytes) && CharsetDetector.Detect(bytes) is null)
        {
            losses.Add(LossKind.TextChanged, MimeAddresses.Clean(unknown));
        }

        string text = HtmlDecoder.Decode(bytes, codePage, fallback);
        if (text.IndexOf('\uFFFD') >= 0 && bytes.AsSpan().IndexOf("\uFFFD"u8) < 0)
        {
            losses.Add(LossKind.TextChanged, MimeAddresses.Clean(CharsetOf(part.Part) is { Length: > 0 } charset ? charset : "Body"));
        }

        return text;
    }
}
