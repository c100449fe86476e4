using System.Globalization;
using System.Text;

namespace PstMigration.Transfer;

/// <summary>Text as it stands in a log: in one line, and without anything a terminal or an editor would act on.</summary>
internal static class LogText
{
    /// <summary>
    /// The text with <c>\r</c>, <c>\n</c> and <c>\t</c> for these, and <c>\u{1B}</c> and the like for other controls, line separators, direction marks and halves of
    /// surrogate pairs: a subject can neither begin a line of its own nor colour one. Backslashes stay, for paths have them.
    /// </summary>
    public static string Escape(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsSurrogatePair(text, i) && !IsEscaped(text, i))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (IsEscaped(text, i))
            {
                int code = char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(c, text[++i]) : c;
                clean.Append(c switch
                {
                    '\r' => @"\r",
                    '\n' => @"\n",
                    '\t' => @"\t",
                    _ => @"\u{" + code.ToString("X", CultureInfo.InvariantCulture) + "}",
                });
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    // Joiners and soft hyphens are part of what people write.
    private static bool IsEscaped(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => !char.IsSurrogatePair(text, index),
        UnicodeCategory.Format => text[index] is not ('\u200C' or '\u200D' or '\u00AD'),
        _ => false,
    };
}
