using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Bodies that are too large to be decoded as a whole: the first text and the first HTML stay in the message and are decoded when they are read, further ones become attachments.
/// No text is made from HTML.
/// </summary>
/// <param name="fallback">The code page of text that neither says its own nor shows it.</param>
/// <param name="losses">Takes what the text does not keep.</param>
internal sealed class LargeMimeBody(int fallback, LossList losses)
{
    /// <summary>Bytes in the message; decoded to UTF-16 they are twice as many.</summary>
    private const long MostAtOnce = PropertyValue.LargestInMemory / 2;

    /// <summary>Bytes by which the encoding is told.</summary>
    private const int BytesToLookAt = 64 * 1024;

    private const int NativeText = 1;
    private const int NativeHtml = 3;

    /// <summary>Whether what is shown of a message is that large.</summary>
    public static bool Is(MimeStructure structure) => structure.Plain.Concat(structure.Rich).Distinct().Sum(p => p.StoredLength)
        + (structure.Rtf is MimePart rtf && PartSource.Of(rtf) is PartSource stored ? stored.StoredLength : 0) > MostAtOnce;

    /// <summary>Sets the body.</summary>
    public void Read(MimeStructure structure, PropertyBag p)
    {
        BodyPart? html = structure.Rich.FirstOrDefault(b => b.Kind == BodyKind.Html);
        BodyPart? text = structure.Plain.FirstOrDefault(b => b.Kind == BodyKind.Plain);
        if (structure.Rtf is MimePart rtf)
        {
            losses.Add(LossKind.TooLarge, ((PropertyKey)PropertyTags.RtfCompressed).ToString());
        }

        if (html is not null)
        {
            SetHtml(html, p);
        }
        else
        {
            p.Set(PropertyTags.InternetCodepage, CodePages.Utf8);
        }

        if (text is not null)
        {
            SetText(text, p);
        }

        p.Set(PropertyTags.NativeBody, html is null ? NativeText : NativeHtml);
        List<BodyPart> others = [.. structure.Plain.Concat(structure.Rich).Where(b => b.Part != html?.Part && b.Part != text?.Part).Distinct()];
        structure.Attach(others);
        if (others.Count > 0)
        {
            losses.Add(LossKind.TextChanged, "Body");
        }
    }

    private void SetHtml(BodyPart part, PropertyBag p)
    {
        BinarySource html = part.Content;
        int codePage = MimeBodyReader.CodePageOf(part.Part);
        if (!CodePages.IsWindows(codePage))
        {
            html = new TranscodedSource(html, Encoding(html, codePage), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            codePage = CodePages.Utf8;
        }

        p[PropertyTags.BodyHtml] = PropertyValue.FromBinary(html);
        p.Set(PropertyTags.InternetCodepage, codePage);
    }

    private void SetText(BodyPart part, PropertyBag p)
    {
        BinarySource text = part.Content;
        bool isChanged = part.Part is TextPart { IsFlowed: true } || part.TextBehind is not null;
        if (isChanged)
        {
            // The lines stay as they were folded, and what stands behind encoded text is left out.
            losses.Add(LossKind.TextChanged, "Body");
        }

        Encoding encoding = Encoding(text, MimeBodyReader.CodePageOf(part.Part));
        p[PropertyTags.Body] = PropertyValue.FromString(new TranscodedSource(text, encoding, System.Text.Encoding.Unicode, endsLinesInCrlf: true));
    }

    private Encoding Encoding(BinarySource text, int declared)
    {
        byte[] begin = new byte[BytesToLookAt];
        int length;
        using (Stream stream = text.OpenRead())
        {
            length = stream.Fill(begin);
        }

        // Half a character at the end would look like another encoding.
        int whole = Array.LastIndexOf(begin, (byte)'\n', Math.Max(length - 1, 0), length) + 1;
        Array.Resize(ref begin, whole > 0 ? whole : length);
        Encoding told = HtmlDecoder.Choose(begin, declared, fallback, out _);

        // What follows may be anything that begins like ASCII.
        return told.CodePage == CodePages.Ascii ? CodePages.Find(declared) ?? CodePages.Get(CodePages.Utf8) : told;
    }
}
