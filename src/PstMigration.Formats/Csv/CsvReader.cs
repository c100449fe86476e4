using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads a table as people save one (RFC 4180): commas, semicolons or tabs, whichever its first line has most of; with a byte order mark, in UTF-8, or else in the code page
/// of the computer, which is what spreadsheets of older versions write. Rows without text are passed over.
/// </summary>
public static class CsvReader
{
    /// <summary>The largest file that is taken for a table, in bytes.</summary>
    public const int MaximumLength = 32 << 20;

    private static readonly char[] s_separators = [',', ';', '\t'];
    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="MailDataException">SourceUnreadable: it is too large for a table.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<CsvRow> ReadFile(string path)
    {
        using FileStream file = PlainFile.OpenRead(path, bufferSize: 1);
        if (file.Length > MaximumLength)
        {
            throw new MailDataException(FormatErrorIds.SourceUnreadable, string.Format(Strings.Culture, Strings.CsvTooLarge, path, MaximumLength >> 20));
        }

        byte[] content = new byte[file.Length];
        int read = 0;
        for (int count; read < content.Length && (count = file.Read(content, read, content.Length - read)) > 0; read += count)
        {
        }

        return Read(Decode(content, read));
    }

    /// <summary>Reads the text of a table.</summary>
    public static IReadOnlyList<CsvRow> Read(string text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        char separator = SeparatorOf(text, out int start);
        List<CsvRow> rows = [];
        List<string> cells = [];
        StringBuilder cell = new();
        int line = start == 0 ? 1 : 2;
        int rowLine = line;
        bool isQuoted = false;
        for (int i = start; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (isQuoted && i < text.Length)
            {
                line += c == '\n' ? 1 : 0;
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[++i]);
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == '"' && cell.ToString().Trim().Length == 0)
            {
                cell.Clear();
                isQuoted = true;
            }
            else if (c == separator)
            {
                Add(cells, cell);
            }
            else if (c is '\n' or '\r')
            {
                Add(cells, cell);
                if (cells.Any(t => t.Length > 0))
                {
                    rows.Add(new CsvRow(rowLine, [.. cells]));
                }

                cells.Clear();
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                rowLine = ++line;
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }

    private static void Add(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString().Trim());
        cell.Clear();
    }

    // Excel takes a first line of sep=; for what it says, and so do those who save for it.
    private static char SeparatorOf(string text, out int start)
    {
        int end = text.IndexOf('\n');
        string first = end < 0 ? text : text.Substring(0, end);
        string said = first.TrimEnd('\r');
        start = 0;
        if (said.Length == 5 && said.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            start = end < 0 ? text.Length : end + 1;
            return said[4];
        }

        return s_separators.OrderByDescending(s => first.Count(c => c == s)).First();
    }

    private static string Decode(byte[] content, int length)
    {
        (Encoding encoding, int mark)[] marked = [(Encoding.UTF8, 3), (Encoding.Unicode, 2), (Encoding.BigEndianUnicode, 2)];
        foreach ((Encoding encoding, int mark) in marked)
        {
            if (length >= mark && encoding.GetPreamble().AsSpan().SequenceEqual(content.AsSpan(0, mark)))
            {
                return encoding.GetString(content, mark, length - mark);
            }
        }

        try
        {
            return s_utf8.GetString(content, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return CodePages.Get(CultureInfo.CurrentCulture.TextInfo.ANSICodePage).GetString(content, 0, length);
        }
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Line">The line of the file it begins in, from 1.</param>
/// <param name="Cells">Its cells, without blanks around them.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);
