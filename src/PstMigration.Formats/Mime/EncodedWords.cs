using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Turns encoded words (RFC 2047) of any charset into UTF-8 ones. The parser knows only the charsets its process has
/// registered; this project registers none and knows more names.
/// </summary>
public static class EncodedWords
{
    /// <summary>A header's text with its encoded words in UTF-8. A character cut between two words is put together again.</summary>
    /// <param name="value">The header's text.</param>
    /// <param name="fallback">The encoding of words whose charset nobody knows and whose bytes do not tell.</param>
    public static string ToUtf8(string value, Encoding fallback) => Rewrite(value, fallback, decode: false);

    /// <summary>A header's text with its encoded words decoded: as <see cref="ToUtf8"/>.</summary>
    public static string Decode(string value, Encoding fallback) => Rewrite(value, fallback, decode: true);

    /// <summary>A text as encoded words in UTF-8, folded.</summary>
    public static string Encode(string text) => AppendWords(new StringBuilder(), text).ToString();

    private static string Rewrite(string value, Encoding fallback, bool decode)
    {
        if (value is null || fallback is null)
        {
            throw new ArgumentNullException(value is null ? nameof(value) : nameof(fallback));
        }

        StringBuilder result = new(value.Length);
        List<byte> bytes = [];
        string? charset = null;
        int copied = 0;

        void Flush()
        {
            if (charset is not null)
            {
                byte[] all = [.. bytes];
                bytes.Clear();
                string text = CharsetDetector.Resolve(charset, all, fallback).GetString(all).TrimStart('\uFEFF');
                _ = decode ? result.Append(text) : AppendWords(result, text);
            }
        }

        for (int at = 0; (at = value.IndexOf("=?", at, StringComparison.Ordinal)) >= 0;)
        {
            if (!TryRead(value, at, out Word word))
            {
                at += 2;
                continue;
            }

            // What stands between two words is text, unless it is blank (RFC 2047 6.2).
            bool isAdjacent = charset is not null && IsBlank(value, copied, at);
            if (!isAdjacent || !string.Equals(charset, word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
                result.Append(value, copied, isAdjacent && decode ? 0 : at - copied);
            }

            charset = word.Charset;
            bytes.AddRange(word.Bytes);
            at = copied = word.End;
        }

        Flush();
        return result.Append(value, copied, value.Length - copied).ToString();
    }

    /// <summary>A word has 75 characters at most (RFC 2047), and none is cut inside a character.</summary>
    private static StringBuilder AppendWords(StringBuilder result, string text)
    {
        const int BytesInWord = 45;
        for (int start = 0; start < text.Length || start == 0;)
        {
            int end = start;
            for (int bytes = 0; end < text.Length;)
            {
                int length = char.IsHighSurrogate(text[end]) && end + 1 < text.Length && char.IsLowSurrogate(text[end + 1]) ? 2 : 1;
                bytes += Encoding.UTF8.GetByteCount(text.Substring(end, length));
                if (bytes > BytesInWord)
                {
                    break;
                }

                end += length;
            }

            string word = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Substring(start, end - start)));
            result.Append(start == 0 ? "" : "\r\n ").Append("=?UTF-8?B?").Append(word).Append("?=");
            if (end >= text.Length)
            {
                break;
            }

            start = end;
        }

        return result;
    }

    private static bool IsBlank(string value, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!char.IsWhiteSpace(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(string value, int start, out Word word)
    {
        word = default;
        int charsetEnd = value.IndexOf('?', start + 2);
        bool isShaped = charsetEnd > start + 2 && charsetEnd - start < 64 && charsetEnd + 2 < value.Length && value[charsetEnd + 2] == '?';
        int end = isShaped ? value.IndexOf("?=", charsetEnd + 3, StringComparison.Ordinal) : -1;
        int behind = end + 2;
        if (end < 0 && isShaped && CodePages.Find(value.Substring(start + 2, charsetEnd - start - 2)) is not null && (value[value.Length - 1] == '?' || value[charsetEnd + 1] is 'B' or 'b')
            && value.IndexOfAny([' ', '\t', '\r', '\n', '"', '<', ','], charsetEnd + 3) < 0)
        {
            // A line that was cut ends within its last word.
            end = value[value.Length - 1] == '?' ? value.Length - 1 : value.Length;
            behind = value.Length;
        }

        if (end < charsetEnd + 3)
        {
            return false;
        }

        // RFC 2231: the language stands behind a star.
        string charset = value.Substring(start + 2, charsetEnd - start - 2);
        int star = charset.IndexOf('*');
        string text = value.Substring(charsetEnd + 3, end - charsetEnd - 3);
        byte[]? bytes = char.ToUpperInvariant(value[charsetEnd + 1]) switch
        {
            'B' => FromBase64(text),
            'Q' => FromQuoted(text),
            _ => null,
        };
        if (bytes is null)
        {
            return false;
        }

        word = new Word(star < 0 ? charset : charset.Substring(0, star), bytes, behind);
        return true;
    }

    /// <summary>Lenient: what is no digit is passed over, and missing padding is no fault.</summary>
    private static byte[] FromBase64(string text)
    {
        List<byte> bytes = [];
        int bits = 0;
        int count = 0;
        foreach (char c in text)
        {
            int digit = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a' + 26,
                >= '0' and <= '9' => c - '0' + 52,
                '+' => 62,
                '/' => 63,
                _ => -1,
            };
            if (digit < 0)
            {
                // Padding ends what some programs put together from several pieces.
                count = c == '=' ? 0 : count;
                continue;
            }

            bits = ((bits << 6) | digit) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        return [.. bytes];
    }

    private static byte[] FromQuoted(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length
                && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private readonly record struct Word(string Charset, byte[] Bytes, int End);
}
