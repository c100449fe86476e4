using System;
using System.IO;
using System.Text;
using MimeKit;
using MimeKit.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads the body parts into properties: RTF, or HTML as the bytes it came in; text decoded.</summary>
internal static class MimeBodyReader
{
    private const int NativeText = 1;
    private const int NativeRtf = 2;
    private const int NativeHtml = 3;

    public static void Read(MimeStructure structure, BinarySource source, PropertyBag p)
    {
        string? text = structure.Text is TextPart plain ? Decode(plain, source) : null;
        if (structure.Rtf is MimePart rtf)
        {
            p.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(PartSource.Of(rtf, source).ToArray()));
            p.Set(PropertyTags.RtfInSync, true);
            p.Set(PropertyTags.InternetCodepage, CodePages.Utf8);
        }
        else if (structure.Html is TextPart html)
        {
            byte[] bytes = PartSource.Of(html, source).ToArray();
            int codePage = CodePageOf(html);
            if (codePage == 0)
            {
                bytes = Encoding.UTF8.GetBytes(HtmlDecoder.Decode(bytes, 0, 0));
                codePage = CodePages.Utf8;
            }

            p.Set(PropertyTags.BodyHtml, bytes);
            p.Set(PropertyTags.InternetCodepage, codePage);
            text ??= HtmlToText.Convert(HtmlDecoder.Decode(bytes, codePage, 0));
        }
        else
        {
            p.Set(PropertyTags.InternetCodepage, structure.Text is TextPart only && CodePageOf(only) is > 0 and int declared ? declared : CodePages.Utf8);
        }

        p.Set(PropertyTags.NativeBody, structure.Rtf is not null ? NativeRtf : structure.Html is null ? NativeText : NativeHtml);
        p.Set(PropertyTags.Body, text ?? "");
    }

    /// <summary>The code page a part declares; 0 where it declares none that is known.</summary>
    public static int CodePageOf(MimeEntity part) => CodePages.Find(part.ContentType.Charset)?.CodePage ?? 0;

    private static string Decode(TextPart part, BinarySource source)
    {
        string text = HtmlDecoder.Decode(PartSource.Of(part, source).ToArray(), CodePageOf(part), 0);
        if (part.IsFlowed)
        {
            FlowedToText unfold = new() { DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase) };
            using StringReader reader = new(text);
            using StringWriter writer = new(System.Globalization.CultureInfo.InvariantCulture);
            unfold.Convert(reader, writer);
            text = writer.ToString();
        }

        return text.Replace("\r\n", "\n").Replace('\r', '\n').Replace("\n", "\r\n");
    }
}
