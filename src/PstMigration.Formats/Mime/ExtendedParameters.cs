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
        string[] first = pieces[own[0]]!.Value.Split(['\''], 3);
        if (pieces[own[0]]!.IsEncoded && first.Length == 1 && own.Count == 1 && CharsetDetector.IsUtf8([.. Unescape(first[0])]))
        {
            // Some programs leave charset and language out.
            first = ["utf-8", "", first[0]];
        }

        if (!pieces[own[0]]!.IsEncoded || first.Length < 3 || CodePages.Find(first[0]) is not Encoding encoding)
        {
            return own.Select(i => parts[i]);
        }

        List<byte> bytes = [.. Unescape(first[2])];
        foreach (int i in own.Skip(1))
        {
            bytes.AddRange(pieces[i]!.IsEncoded ? Unescape(pieces[i]!.Value) : Encoding.UTF8.GetBytes(pieces[i]!.Value));
        }

        string text = encoding.GetString([.. bytes]);
        string escaped = string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture)));
        return [" " + name + "*=UTF-8''" + escaped];
    }

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
            else
            {
                yield return (byte)text[i];
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
