using System.Text;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>Headers of text (RFC 5322 2.2.1).</summary>
internal static class TextHeader
{
    /// <summary>What a header says, unfolded and decoded; it may hold what no header should (<see cref="MimeAddresses.Clean"/>).</summary>
    public static string Read(Header header) =>
        EncodedWords.Decode(Encoding.UTF8.GetString(header.RawValue).Replace("\r\n", "").Replace("\n", ""), Encoding.UTF8).Trim();

    /// <summary>What the first header of a name says; null where there is none.</summary>
    public static string? Read(HeaderList headers, string field) => headers.IndexOf(field) is >= 0 and int at ? Read(headers[at]) : null;

    /// <summary>A header that is read as just this text: what looks like the begin of an encoded word is encoded too (RFC 2047 5).</summary>
    public static Header Of(string field, string text)
    {
        return text.IndexOf("=?", StringComparison.Ordinal) < 0 ? Make(field, text) : new RawHeader(field, " " + EncodedWords.Encode(text) + "\r\n");
    }

    /// <summary>A header of text, encoded and folded where it has to be; what looks like an encoded word is taken for one.</summary>
    public static Header Make(string field, string text) =>
        RawHeader.IsPlain(field, text) ? new RawHeader(field, " " + text + "\r\n") : new Header(Encoding.UTF8, field, text);
}
