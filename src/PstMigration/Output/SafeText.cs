using System.Globalization;
using System.Text;

namespace PstMigration;

/// <summary>
/// Text from mail as it may be shown. A subject can hold escape sequences that move the cursor or recolour a terminal, and
/// direction marks that make <c>gpj.exe</c> read as <c>exe.jpg</c>; here they become visible signs and do nothing.
/// </summary>
public static class SafeText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';

    /// <summary>
    /// The text with each C0 control as its picture (<c>␛</c>, <c>␊</c>), and C1 controls, line separators, direction and other format
    /// characters and halves of surrogate pairs as <c>&lt;U+202E&gt;</c>. Zero-width joiners stay: emoji and several scripts need them.
    /// </summary>
    public static string Show(string? text)
    {
        if (text is null)
        {
            return "";
        }

        int clean = 0;
        while (clean < text.Length && !IsUnsafe(text, clean))
        {
            clean += char.IsSurrogatePair(text, clean) ? 2 : 1;
        }

        if (clean == text.Length)
        {
            return text;
        }

        StringBuilder shown = new(text, 0, clean, text.Length + 16);
        for (int i = clean; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsSurrogatePair(text, i);
            if (!IsUnsafe(text, i))
            {
                shown.Append(c);
                if (pair)
                {
                    shown.Append(text[++i]);
                }
            }
            else if (c < ' ')
            {
                shown.Append((char)(ControlPictures + c));
            }
            else if (c == '\u007F')
            {
                shown.Append(DeletePicture);
            }
            else
            {
                int code = pair ? char.ConvertToUtf32(c, text[++i]) : c;
                shown.Append("<U+").Append(code.ToString("X4", CultureInfo.InvariantCulture)).Append('>');
            }
        }

        return shown.ToString();
    }

    private static bool IsUnsafe(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => !char.IsSurrogatePair(text, index),
        UnicodeCategory.Format => text[index] is not ('\u200C' or '\u200D' or '\u00AD'),
        _ => false,
    };
}
