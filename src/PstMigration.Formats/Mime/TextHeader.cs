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
        if (text.IndexOf("=?", StringComparison.Ordinal) < 0)
        {
            return new Header(Encoding.UTF8, field, text);
        }

        Header header = new(Encoding.UTF8, field, "x");
        header.SetRawValue(Encoding.ASCII.GetBytes(" " + EncodedWords.Encode(text) + "\r\n"));
        return header;
    }
}
