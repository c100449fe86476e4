using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A text that is too large to be held as a whole.</summary>
internal static class TextPieces
{
    private const int Length = 64 * 1024;

    /// <summary>The text in pieces that are whole lines, as far as the lines are no longer than a piece.</summary>
    /// <param name="utf16">The text in UTF-16LE.</param>
    public static IEnumerable<string> Of(BinarySource utf16)
    {
        using StreamReader reader = new(utf16.OpenRead(), Encoding.Unicode, detectEncodingFromByteOrderMarks: false, Length);
        char[] piece = new char[Length];
        int filled = 0;
        for (int read; (read = reader.Read(piece, filled, Length - filled)) > 0;)
        {
            filled += read;
            int end = System.Array.LastIndexOf(piece, '\n', filled - 1, filled) + 1;
            if (end == 0 && filled == Length)
            {
                // Half a pair waits for the other half.
                end = char.IsHighSurrogate(piece[filled - 1]) ? filled - 1 : filled;
            }

            if (end > 0)
            {
                yield return new string(piece, 0, end);
                filled -= end;
                System.Array.Copy(piece, end, piece, 0, filled);
            }
        }

        if (filled > 0)
        {
            yield return new string(piece, 0, filled);
        }
    }
}
