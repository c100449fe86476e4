using System.Globalization;
using System.Text;

namespace PstMigration.Formats.Tests.Hostile;

/// <summary>Mail that is by the book and far larger in one respect than any is: what costs more than its size shows up in these.</summary>
internal static class HostileMail
{
    private const string Head = "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 30 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n";

    private const string Words = "0123456789 the quick brown fox jumps over the lazy dog\r\n ";

    /// <summary>Each kind by its name; the number is what there is so much of: bytes, or pieces.</summary>
    public static readonly IReadOnlyDictionary<string, Action<TextWriter, int>> Kinds = new Dictionary<string, Action<TextWriter, int>>(StringComparer.Ordinal)
    {
        ["text"] = (w, n) => Body(w, n, "text/plain; charset=utf-8", "The quick brown fox jumps over the lazy dog, and again, and once more.\r\n"),
        ["html"] = (w, n) => Body(w, n, "text/html; charset=utf-8", "<p>The <b>quick</b> brown fox jumps over the lazy dog, again &amp; again.</p>\r\n"),
        ["headers"] = (w, n) => Wrap(w, Repeat("X-Filler: the quick brown fox jumps over the lazy dog 0123456789 0123456789\r\n", n)),
        ["header"] = (w, n) => Wrap(w, "X-Long: ", Repeat(Words, n), "end\r\n"),
        ["subject"] = (w, n) => Wrap(w, "Subject: ", Repeat(Words, n), "end\r\n"),
        ["part-headers"] = PartHeaders,
        ["part-header"] = (w, n) => Part(w, "", n, i => Repeat(Words, i)),
        ["part-line"] = (w, n) => Part(w, "", n, i => Repeat("0123456789 the quick brown fox", i)),
        ["attached-header"] = (w, n) => Part(w, "Content-Type: message/rfc822\r\n\r\nFrom: c@example.com\r\nSubject: inner\r\n", n, i => Repeat(Words, i)),
        ["headless-header"] = Headless,
        ["parts"] = Parts,
        ["nested"] = Nested,
        ["recipients"] = (w, n) => Wrap(w, "Cc: ", Numbered(n, i => "Person " + i + " <p" + i + "@example.com>", ",\r\n "), "\r\n"),
        ["references"] = (w, n) => Wrap(w, "References: ", Numbered(n, i => "<m" + i + "@example.com>", "\r\n "), "\r\n"),
        ["words"] = (w, n) => Wrap(w, "Subject: ", Numbered(n, _ => "=?utf-8?B?w6TDtsO8?=", "\r\n "), "\r\n"),
        ["word-names"] = (w, n) => Wrap(w, "Cc: ", Numbered(n, i => "=?utf-8?B?w6TDtsO8?= <p" + i + "@example.com>", ",\r\n "), "\r\n"),
        ["comments"] = (w, n) => Wrap(w, "Cc: ", Repeat("(", n), "b@example.com", Repeat(")", n), "\r\n"),
        ["parameters"] = (w, n) => Wrap(w, "Content-Type: text/plain", Numbered(n, i => ";\r\n name*" + i + "=abcdefgh", ""), "\r\n"),
        ["keywords"] = (w, n) => Wrap(w, "Keywords: ", Numbered(n, i => "word" + i, ",\r\n "), "\r\n"),
        ["uuencoded"] = Uuencoded,
        ["lost-parts"] = LostParts,
    };

    /// <summary>Writes a message of a kind.</summary>
    public static void Write(string kind, int size, Stream target)
    {
        using StreamWriter writer = new(target, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        Kinds[kind](writer, size);
    }

    /// <summary>A message of a kind.</summary>
    public static byte[] Make(string kind, int size)
    {
        using MemoryStream bytes = new();
        Write(kind, size, bytes);
        return bytes.ToArray();
    }

    private static void Body(TextWriter writer, int size, string type, string line)
    {
        writer.Write(Head + "Subject: body\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        foreach (string piece in Repeat(line, size))
        {
            writer.Write(piece);
        }
    }

    private static void Wrap(TextWriter writer, params object[] pieces)
    {
        writer.Write(Head);
        foreach (object piece in pieces)
        {
            foreach (string text in piece as IEnumerable<string> ?? [(string)piece])
            {
                writer.Write(text);
            }
        }

        writer.Write("\r\nThe text.\r\n");
    }

    private static void PartHeaders(TextWriter writer, int size)
    {
        writer.Write(Head + "Subject: part\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n");
        foreach (string piece in Repeat("X-Filler: the quick brown fox jumps over the lazy dog 0123456789 0123456789\r\n", size))
        {
            writer.Write(piece);
        }

        writer.Write("\r\nThe text.\r\n--b--\r\n");
    }

    private static void Part(TextWriter writer, string head, int size, Func<int, IEnumerable<string>> value)
    {
        writer.Write(Head + "Subject: part\r\nContent-Type: multipart/mixed; boundary=\"b c\"\r\n\r\n--b c\r\n" + head + "X-Long: ");
        foreach (string piece in value(size))
        {
            writer.Write(piece);
        }

        writer.Write("end\r\nContent-Type: text/plain\r\n\r\nThe text.\r\n--b c\r\nContent-Type: text/csv; name=a.csv\r\n\r\nX-Long: none\r\n--b c--\r\n");
    }

    /// <summary>A multipart that does not say its boundary, which is mended.</summary>
    private static void Headless(TextWriter writer, int size)
    {
        writer.Write(Head + "Subject: headless\r\nContent-Type: multipart/mixed\r\n\r\n--bound\r\nContent-Type: text/plain\r\nX-Long: ");
        foreach (string piece in Repeat(Words, size))
        {
            writer.Write(piece);
        }

        writer.Write("end\r\n\r\nThe text.\r\n--bound\r\nContent-Type: text/csv; name=a.csv\r\n\r\nX-Long: none\r\n--bound--\r\n");
    }

    private static void Parts(TextWriter writer, int count)
    {
        writer.Write(Head + "Subject: parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe text.\r\n");
        for (int i = 0; i < count; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            writer.Write("--b\r\nContent-Type: application/octet-stream; name=f" + number + ".bin\r\nContent-Disposition: attachment; filename=f" + number
                + ".bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAwQ=\r\n");
        }

        writer.Write("--b--\r\n");
    }

    /// <summary>Parts without headers and without an empty line, between others.</summary>
    private static void LostParts(TextWriter writer, int count)
    {
        writer.Write(Head + "Subject: lost\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < count; i++)
        {
            writer.Write("--b\r\nline " + i.ToString(CultureInfo.InvariantCulture) + " of text\r\n" + (i % 3 == 0 ? "--b\r\nContent-Type: text/plain\r\n\r\nThe text.\r\n" : ""));
        }

        writer.Write("--b--\r\n");
    }

    private static void Nested(TextWriter writer, int depth)
    {
        writer.Write(Head + "Subject: nested\r\n");
        for (int i = 0; i < depth; i++)
        {
            string boundary = "b" + i.ToString(CultureInfo.InvariantCulture);
            writer.Write("Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n");
        }

        writer.Write("Content-Type: text/plain\r\n\r\nThe text.\r\n");
    }

    private static void Uuencoded(TextWriter writer, int count)
    {
        writer.Write(Head + "Subject: uuencoded\r\nContent-Type: text/plain\r\n\r\n");
        for (int i = 0; i < count; i++)
        {
            writer.Write("begin 644 f" + i.ToString(CultureInfo.InvariantCulture) + ".bin\r\n#0V%T\r\n`\r\nend\r\n");
        }
    }

    private static IEnumerable<string> Repeat(string piece, int size)
    {
        for (int written = 0; written < size; written += piece.Length)
        {
            yield return piece;
        }
    }

    private static IEnumerable<string> Numbered(int count, Func<string, string> piece, string between)
    {
        for (int i = 0; i < count; i++)
        {
            yield return (i > 0 ? between : "") + piece(i.ToString(CultureInfo.InvariantCulture));
        }
    }
}
