using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Finds the encoding of what a message holds in bytes nobody declared: 8-bit headers, which there should be none of (RFC 5322 2.2), and text without a
/// charset.
/// </summary>
internal static class UndeclaredCharset
{
    private const int BytesOfBody = 64 * 1024;
    private const int Korean = 949;
    private const int SimplifiedChinese = 936;

    /// <summary>The encoding: the one asked for; what the language of a declared body is written in; what all such bytes together look like; Western European.</summary>
    /// <param name="message">The message.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="asked">The code page asked for, or 0.</param>
    public static Encoding Find(MimeMessage message, IReadOnlyList<MimeEntity> parts, int asked)
    {
        if (CodePages.Find(asked) is Encoding known)
        {
            return known;
        }

        byte[] headers = EightBit(message.Headers.Concat(parts.SelectMany(p => p.Headers)));
        int declared = parts.Where(p => p is TextPart).Select(MimeBodyReader.CodePageOf).FirstOrDefault(c => c > 0 && c != CodePages.Ascii);
        switch (declared)
        {
            // Seven bits hold no such bytes; the language has another encoding for them.
            case >= 50220 and <= 50222:
                return CharsetDetector.DetectJapanese(headers);
            case 50225:
                return CodePages.Get(Korean);
            case 50227 or 52936:
                return CodePages.Get(SimplifiedChinese);
            default:
                break;
        }

        // Latin-1 is what careless programs declare for anything.
        Encoding? said = declared is CodePages.Latin1 or CodePages.Western or CodePages.Utf8 or CodePages.Utf7 ? null : CodePages.Find(declared);
        return said is not null && CharsetDetector.Fits(said, headers) ? said
            : CharsetDetector.Guess(headers) ?? CharsetDetector.Guess(UndeclaredText(parts)) ?? said ?? CodePages.Get(CodePages.Western);
    }

    private static byte[] EightBit(IEnumerable<Header> headers)
    {
        using MemoryStream sample = new();
        foreach (byte[] raw in headers.Select(h => h.RawValue).Where(r => !CharsetDetector.IsSevenBit(r)))
        {
            sample.Write(raw, 0, raw.Length);
        }

        return sample.ToArray();
    }

    private static byte[] UndeclaredText(IReadOnlyList<MimeEntity> parts)
    {
        if (parts.OfType<TextPart>().FirstOrDefault(p => MimeBodyReader.CodePageOf(p) is 0 or CodePages.Ascii) is not TextPart text)
        {
            return [];
        }

        byte[] sample = new byte[BytesOfBody];
        using Stream stream = PartSource.Of(text).OpenRead();
        return sample.AsSpan(0, stream.Fill(sample)).ToArray();
    }
}
