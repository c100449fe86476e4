using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>
/// What a part says of its type and encoding where it is not by the book: types in quotes, the wrong way round, or of one word. Whoever wrote them meant what is
/// nearest (RFC 2045 5.2: what is no type is plain text).
/// </summary>
internal static class SaidType
{
    private static readonly string[] s_kinds = ["text", "application", "image", "audio", "video", "message", "multipart", "model", "font", "chemical", "drawing"];

    private static readonly Dictionary<string, string> s_meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["plain/text"] = "text/plain", ["html/text"] = "text/html", ["application/text"] = "text/plain", ["application/html"] = "text/html", ["text/xhtml"] = "text/html",
        ["html"] = "text/html", ["mixed/multipart"] = "multipart/mixed", ["alternative/multipart"] = "multipart/alternative", ["multipart"] = "multipart/mixed", ["multipart/"] = "multipart/mixed",
    };

    /// <summary>The type a part is meant to have; empty for one that says nothing of it, or nothing anybody knows.</summary>
    /// <param name="part">The part.</param>
    public static string Of(MimeEntity part)
    {
        if (part.Headers[HeaderId.ContentType] is not string said)
        {
            return part.ContentType.MimeType;
        }

        string type = EncodedWords.Decode(said, Encoding.UTF8).Split(';')[0].Trim().Trim('"', '\'').Trim();
        string whole = string.Concat(type.Where(c => !char.IsWhiteSpace(c)));
        if (s_meant.TryGetValue(whole, out string? meant))
        {
            return meant;
        }

        bool isQuoted = said.TrimStart().StartsWith("\"", StringComparison.Ordinal) || said.TrimStart().StartsWith("=?", StringComparison.Ordinal);
        string known = isQuoted ? whole : part.ContentType.MimeType;
        int slash = whole.IndexOf('/');
        bool isNone = slash <= 0 || slash == whole.Length - 1;
        string kind = known.Split('/')[0];
        bool isKnown = Array.Exists(s_kinds, k => k.Equals(kind, StringComparison.OrdinalIgnoreCase)) || kind.StartsWith("x-", StringComparison.OrdinalIgnoreCase);
        return (isNone && part.ContentType.IsMimeType("application", "octet-stream")) || !isKnown ? "" : known;
    }

    /// <summary>How the content of a part is encoded, also where the word for it is written otherwise (<c>base-64</c>, <c>Quoted Printable</c>, in quotes).</summary>
    /// <param name="part">The part.</param>
    /// <param name="parsed">What the parser made of the header.</param>
    public static ContentEncoding EncodingOf(MimeEntity part, ContentEncoding parsed)
    {
        if (parsed != ContentEncoding.Default || part.Headers[HeaderId.ContentTransferEncoding] is not string said)
        {
            return parsed;
        }

        string letters = string.Concat(said.Split(';', '(')[0].Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return letters switch
        {
            "BASE64" => ContentEncoding.Base64,
            "QUOTEDPRINTABLE" => ContentEncoding.QuotedPrintable,
            "UUENCODE" or "XUUENCODE" or "XUUE" or "UUE" => ContentEncoding.UUEncode,
            _ => parsed,
        };
    }
}
