using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Makes text a cell of a table that stays text in every spreadsheet: nothing in it can start a formula, also where the program takes
/// semicolons or tabs for the separator, and no program cuts it.
/// </summary>
public static class CsvCell
{
    /// <summary>Excel takes 32,767 characters in a cell; what is more spills into others.</summary>
    public const int MaximumLength = 32_000;

    /// <summary>
    /// The text of a cell, without the quotes around it. An apostrophe before it, or before what follows a semicolon inside it, shows that
    /// it would have started a formula: one begins with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, full width too.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="isChanged">Set where something other than a line end was changed.</param>
    public static string Neutralize(string? text, ref bool isChanged)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder cell = new(text!.Length + 2);
        bool isStart = true;
        foreach (char c in text)
        {
            if (cell.Length >= MaximumLength)
            {
                isChanged = true;
                return Cut(cell);
            }

            if (isStart && IsTrigger(c))
            {
                cell.Append('\'');
                isChanged = true;
            }

            // Blanks and quotes before a sign are passed over by some programs.
            isStart = c == ';' || (isStart && (char.IsWhiteSpace(c) || char.IsControl(c) || IsInvisible(c) || c is '"' or '\u3000'));
            cell.Append(char.IsControl(c) ? ' ' : c);
        }

        return cell.ToString();
    }

    private static string Cut(StringBuilder cell)
    {
        int length = cell.Length - (char.IsHighSurrogate(cell[cell.Length - 1]) ? 1 : 0);
        return cell.ToString(0, length) + "…";
    }

    private static bool IsTrigger(char c) => c is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '−' or '﹢' or '﹣' or '﹦' or '﹫';

    private static bool IsInvisible(char c) => c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD';
}
