using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Text from mail on its way into a file that people open or print on a terminal. Escape sequences do nothing there, and marks
/// of direction cannot make <c>gpj.exe</c> read as <c>exe.jpg</c> in a heading.
/// </summary>
internal static class ShownText
{
    private const char ControlPictures = '\u2400';

    /// <summary>One line: controls are blanks, marks that turn the direction of text are left out.</summary>
    public static string Line(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder line = new(text!.Length);
        foreach (char c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                line.Append(' ');
            }
            else if (!TurnsDirection(c))
            {
                line.Append(c);
            }
        }

        return line.ToString().Trim();
    }

    /// <summary>
    /// Text of several lines, each ended by CRLF. Tabs stay; other controls become their pictures (U+2400 block) or U+FFFD.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isChanged">Whether a character other than a line end had to be changed.</param>
    public static string Lines(string text, out bool isChanged)
    {
        isChanged = false;
        StringBuilder lines = new(text.Length + 64);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\r' or '\n':
                    i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                    lines.Append("\r\n");
                    break;
                case '\t':
                case var _ when !char.IsControl(c):
                    lines.Append(c);
                    break;
                case < ' ':
                    lines.Append((char)(ControlPictures + c));
                    isChanged = true;
                    break;
                default:
                    lines.Append('\uFFFD');
                    isChanged = true;
                    break;
            }
        }

        if (lines.Length > 0 && lines[lines.Length - 1] != '\n')
        {
            lines.Append("\r\n");
        }

        return lines.ToString();
    }

    // UAX #9: embeddings, overrides, isolates and marks.
    private static bool TurnsDirection(char c) =>
        c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';
}
