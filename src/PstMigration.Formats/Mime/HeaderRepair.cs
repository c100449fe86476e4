using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Brings headers into a form any parser reads: ASCII and UTF-8. Headers must be ASCII (RFC 5322), yet programs put Shift_JIS,
/// EUC-JP, ISO-2022-JP or code page bytes into them as they are; and encoded text may be in any charset.
/// </summary>
internal static class HeaderRepair
{
    private const byte Escape = 0x1B;

    /// <param name="headers">The headers.</param>
    /// <param name="fallback">The encoding where the bytes do not tell; mostly the charset of the body.</param>
    public static void Repair(HeaderList headers, Encoding fallback)
    {
        MendNames(headers);
        foreach (Header header in headers.ToList())
        {
            byte[] raw = header.RawValue;
            bool isPlain = IsPlain(raw) && !HasReturn(raw);
            string text = isPlain ? Encoding.ASCII.GetString(raw) : Text(raw, fallback);
            text = isPlain ? text : text.Replace("\r\n", "\n").Replace('\r', ' ');
            string repaired = text.IndexOf("=?", StringComparison.Ordinal) < 0 ? text : EncodedWords.ToUtf8(text, fallback);
            if (header.Id is HeaderId.ContentType or HeaderId.ContentDisposition)
            {
                repaired = ExtendedParameters.ToUtf8(ParameterRepair.Mend(repaired));
            }

            if (!isPlain || !ReferenceEquals(repaired, text))
            {
                string line = repaired.Length > 0 && repaired[repaired.Length - 1] == '\n' ? repaired : repaired + "\n";
                header.SetRawValue(Encoding.UTF8.GetBytes(line));
            }
        }
    }

    /// <summary>A CR that ends no line is a blank, also between a name and its colon, where a parser takes it for no header at all.</summary>
    private static void MendNames(HeaderList headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            byte[] line = headers[i].RawField;
            if (Array.IndexOf(line, (byte)'\r') > 0 && Header.TryParse(line.Select(b => b == '\r' ? (byte)' ' : b).ToArray(), out Header? mended) && mended.Id != HeaderId.Unknown)
            {
                headers[i] = mended;
            }
        }
    }

    /// <summary>The text of a block of headers, each in what it shows itself to be in.</summary>
    public static string Decode(byte[] block, Encoding fallback)
    {
        if (IsPlain(block))
        {
            return Encoding.ASCII.GetString(block);
        }

        StringBuilder text = new(block.Length);
        for (int start = 0, end; start < block.Length; start = end)
        {
            end = EndOfHeader(block, start);
            text.Append(Text(block.AsSpan(start, end - start).ToArray(), fallback));
        }

        return text.ToString();
    }

    /// <summary>Half a character at the end of a line does not take that with it; a byte order mark in the middle of headers says nothing.</summary>
    private static string Text(byte[] header, Encoding fallback)
    {
        bool isMarked = CharsetDetector.FromByteOrderMark(header, out _) is Encoding mark && mark.CodePage != CodePages.Utf8;
        Encoding encoding = (isMarked ? null : CharsetDetector.Detect(header)) ?? fallback;
        string text = encoding.GetString(header);
        if (text.Count(c => c == '\n') == header.Count(b => b == (byte)'\n'))
        {
            return text;
        }

        StringBuilder lines = new(header.Length);
        for (int start = 0, feed; start < header.Length; start = feed + 1)
        {
            feed = Array.IndexOf(header, (byte)'\n', start);
            feed = feed < 0 ? header.Length : feed;
            lines.Append(encoding.GetString(header, start, feed - start).TrimEnd('\r')).Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>Whether a CR stands without its LF: where lines end otherwise it is a blank.</summary>
    private static bool HasReturn(byte[] raw)
    {
        for (int i = 0; (i = Array.IndexOf(raw, (byte)'\r', i)) >= 0; i++)
        {
            if (i + 1 >= raw.Length || raw[i + 1] != (byte)'\n')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlain(byte[] raw) => raw.All(b => b is < 0x80 and not Escape);

    /// <summary>Lines that begin with a blank go on with the one before them.</summary>
    private static int EndOfHeader(byte[] block, int start)
    {
        for (int end = start; (end = Array.IndexOf(block, (byte)'\n', end) + 1) > 0;)
        {
            if (end == block.Length || block[end] is not ((byte)' ' or (byte)'\t'))
            {
                return end;
            }
        }

        return block.Length;
    }
}
