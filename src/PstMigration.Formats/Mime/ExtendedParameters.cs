using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Turns parameters of Content-Type and Content-Disposition that are encoded in some charset (RFC 2231, in one or in several
/// pieces) into UTF-8 ones; see <see cref="EncodedWords"/> for why.
/// </summary>
internal static class ExtendedParameters
{
    private const int MaximumParameters = 1000;

    /// <summary>A header's text with its encoded parameters in UTF-8; the text itself where there are none.</summary>
    public static string ToUtf8(string value)
    {
        if (value.IndexOf('*') < 0)
        {
            return value;
        }

        List<string> parts = Split(value);
        if (parts.Count > MaximumParameters)
        {
            return value;
        }

        List<Piece?> pieces = parts.ConvertAll(Piece.Parse);
        List<string> result = [];
        HashSet<string> done = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < parts.Count; i++)
        {
            if (pieces[i] is not Piece piece)
            {
                result.Add(parts[i]);
            }
            else if (done.Add(piece.Name))
            {
                result.AddRange(Join(piece.Name, pieces, parts));
            }
        }

        return string.Join(";", result);
    }

    private static IEnumerable<string> Join(string name, List<Piece?> pieces, List<string> parts)
    {
        List<int> own = Enumerable.Range(0, pieces.Count)
            .Where(i => string.Equals(pieces[i]?.Name, name, StringComparison.OrdinalIgnoreCase))
            .OrderBy(i => pieces[i]!.Index).ToList();
        if (!pieces[own[0]]!.IsEncoded)
        {
            // Encoded words (RFC 2047) have no place here, and some programs put them here all the same, one in each piece.
            string joined = string.Concat(own.Select(i => pieces[i]!.Value));
            return joined.IndexOf("=?", StringComparison.Ordinal) < 0 ? own.Select(i => parts[i]) : [InUtf8(name, EncodedWords.Decode(joined, Encoding.UTF8))];
        }

        // Some programs leave charset and language out, or the charset alone.
        string[] first = pieces[own[0]]!.Value.Split(['\''], 3);
        List<byte> bytes = [.. Unescape(first.Length < 3 ? pieces[own[0]]!.Value : first[2])];
        foreach (int i in own.Skip(1))
        {
            bytes.AddRange(pieces[i]!.IsEncoded ? Unescape(pieces[i]!.Value) : Encoding.UTF8.GetBytes(pieces[i]!.Value));
        }

        byte[] all = [.. bytes];
        return first.Length < 3 && !CharsetDetector.IsUtf8(all)
            ? own.Select(i => parts[i])
            : [InUtf8(name, CharsetDetector.Resolve(first.Length < 3 ? "utf-8" : first[0], all, Encoding.UTF8).GetString(all))];
    }

    private static string InUtf8(string name, string text) =>
        " " + name + "*=UTF-8''" + string.Concat(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture)));

    private static IEnumerable<byte> Unescape(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '%' && i + 2 < text.Length;
            if (isEscape && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                yield return value;
                i += 2;
            }
            else if (text[i] < 0x80)
            {
                yield return (byte)text[i];
            }
            else
            {
                // What is not escaped though it should be has been read as text already.
                int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
                foreach (byte b in Encoding.UTF8.GetBytes(text.Substring(i, length)))
                {
                    yield return b;
                }

                i += length - 1;
            }
        }
    }

    /// <summary>Splits at semicolons outside quotes.</summary>
    private static List<string> Split(string value)
    {
        List<string> parts = [];
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (value[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (value[i] == ';' && !isQuoted)
            {
                parts.Add(value.Substring(start, i - start));
                start = i + 1;
            }
        }

        parts.Add(value.Substring(start));
        return parts;
    }

    private sealed record Piece(string Name, int Index, bool IsEncoded, string Value)
    {
        /// <summary>Reads <c>name*=</c>, <c>name*0=</c> or <c>name*0*=</c>; null for any other parameter.</summary>
        public static Piece? Parse(string part)
        {
            int equals = part.IndexOf('=');
            string left = equals < 0 ? "" : part.Substring(0, equals).Trim();
            int star = left.IndexOf('*');
            if (star <= 0)
            {
                return null;
            }

            string rest = left.Substring(star + 1);
            bool isEncoded = rest.Length == 0 || rest.EndsWith("*", StringComparison.Ordinal);
            string number = rest.TrimEnd('*');
            bool isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index);
            return number.Length > 0 && !isNumber
                ? null
                : new Piece(left.Substring(0, star), index, isEncoded, part.Substring(equals + 1).Trim().Trim('"'));
        }
    }
}
