using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Text as a part, in UTF-8 with CRLF line ends: as it is where that is ASCII in short lines, else in base64. The library would look at it
/// several times over.
/// </summary>
internal static class MimeText
{
    /// <summary>RFC 5322 allows 998.</summary>
    private const int LineLimit = 900;

    public static TextPart Build(string subtype, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(WithCrlf(text));
        bool isPlain = IsPlain(bytes);
        TextPart part = new(subtype)
        {
            Content = isPlain ? new PlainContent(bytes) : new Base64Content(BinarySource.FromBytes(bytes)),
            ContentTransferEncoding = isPlain ? ContentEncoding.SevenBit : ContentEncoding.Base64,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    private static string WithCrlf(string text)
    {
        int start = 0;
        StringBuilder? mended = null;
        for (int at = 0; text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and int next; at += next)
        {
            at += next;
            bool isCrlf = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            if (!isCrlf)
            {
                (mended ??= new StringBuilder(text.Length + LineLimit)).Append(text, start, at - start).Append("\r\n");
                start = at + 1;
            }

            next = isCrlf ? 2 : 1;
        }

        return mended is null ? text : mended.Append(text, start, text.Length - start).ToString();
    }

    private static bool IsPlain(ReadOnlySpan<byte> bytes)
    {
        if (!CharsetDetector.IsSevenBit(bytes) || bytes.IndexOf((byte)0) >= 0)
        {
            return false;
        }

        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            if (end >= LineLimit)
            {
                return false;
            }
        }

        return bytes.Length < LineLimit;
    }
}
