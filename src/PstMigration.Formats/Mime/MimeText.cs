using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Text as a part, in UTF-8 with CRLF line ends: as it is where that is ASCII in short lines, else in base64.
/// </summary>
internal static class MimeText
{
    /// <summary>RFC 5322 allows 998.</summary>
    private const int LineLimit = 900;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Text that is in memory.</summary>
    /// <param name="subtype">The type below <c>text</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="parameters">What else its type says.</param>
    public static WrittenText Build(string subtype, string text, string parameters = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(WithCrlf(text));
        return IsPlain(bytes)
            ? new WrittenText(subtype, s_utf8.WebName, parameters) { Plain = bytes }
            : new WrittenText(subtype, s_utf8.WebName, parameters) { Encoded = BinarySource.FromBytes(bytes) };
    }

    /// <summary>Text that is too large to be looked at as a whole: always in base64, and encoded as it is written.</summary>
    /// <param name="subtype">The type below <c>text</c>.</param>
    /// <param name="text">The text in UTF-16LE.</param>
    public static WrittenText Build(string subtype, BinarySource text) =>
        Stored(subtype, new TranscodedSource(text, Encoding.Unicode, s_utf8, endsLinesInCrlf: true), s_utf8);

    /// <summary>Text in base64 as it is stored.</summary>
    /// <param name="subtype">The type below <c>text</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="encoding">Its encoding; null where nobody knows.</param>
    public static WrittenText Stored(string subtype, BinarySource text, Encoding? encoding) => new(subtype, encoding?.WebName) { Encoded = text };

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
