using System.Text;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>A header whose value is written as it is given. The library would unfold, encode and fold it, once for each value it ever gets.</summary>
/// <param name="field">Its name.</param>
/// <param name="value">What stands behind the colon, with the space before and the line end behind it.</param>
internal sealed class RawHeader(string field, string value)
    : Header(ParserOptions.Default, Encoding.ASCII.GetBytes(field), Encoding.UTF8.GetBytes(value), invalid: false)
{
    /// <summary>RFC 5322 2.1.1 asks for lines of 78 characters at most.</summary>
    private const int Width = 76;

    /// <summary>Whether a text stands in a header as it is: printable ASCII in one line, nothing that could be an encoded word.</summary>
    public static bool IsPlain(string field, string text)
    {
        if (text.Length == 0 || field.Length + 2 + text.Length > Width || text[0] == ' ' || text[text.Length - 1] == ' ')
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~' || (text[i] == '=' && i + 1 < text.Length && text[i + 1] == '?'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A list with commas, broken into lines between its parts.</summary>
    /// <param name="field">The header's name.</param>
    /// <param name="parts">The parts as they are to be written; one that is long is folded already.</param>
    public static RawHeader OfList(string field, IEnumerable<string> parts)
    {
        StringBuilder value = new();
        int line = field.Length + 1;
        foreach (string part in parts)
        {
            int head = part.IndexOf('\r') is >= 0 and int fold ? fold : part.Length;
            bool isFirst = value.Length == 0;
            bool fits = isFirst || line + head + 2 < Width;
            value.Append(isFirst ? " " : fits ? ", " : ",\r\n ").Append(part);
            line = head < part.Length ? part.Length - part.LastIndexOf('\n') - 1 : (fits ? line + 2 : 1) + part.Length;
        }

        return new RawHeader(field, value.Append("\r\n").ToString());
    }
}
