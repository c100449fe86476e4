using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Writes a table as CSV (RFC 4180): UTF-8 with a byte order mark, by which Excel knows it, commas, every cell in quotes, CRLF. Cells go
/// through <see cref="CsvCell"/>.
/// </summary>
public sealed class CsvWriter : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>A table on a stream, which stays the caller's.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="isContinued">Whether the stream already has the beginning of the table.</param>
    public CsvWriter(Stream target, bool isContinued = false) =>
        _writer = new StreamWriter(target ?? throw new ArgumentNullException(nameof(target)), new UTF8Encoding(!isContinued), 16 * 1024, leaveOpen: true);

    /// <summary>Writes one row.</summary>
    /// <returns>Whether the text of a cell had to be changed.</returns>
    public bool WriteRow(IEnumerable<string?> cells)
    {
        bool isChanged = false;
        bool isFirst = true;
        foreach (string? cell in cells ?? throw new ArgumentNullException(nameof(cells)))
        {
            _writer.Write(isFirst ? "\"" : ",\"");
            _writer.Write(CsvCell.Neutralize(cell, ref isChanged).Replace("\"", "\"\""));
            _writer.Write('"');
            isFirst = false;
        }

        _writer.Write("\r\n");
        return isChanged;
    }

    /// <summary>Hands what was written to the stream.</summary>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
