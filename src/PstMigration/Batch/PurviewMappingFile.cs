using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Batch;

/// <summary>
/// Writes rows as the service takes them ("Use network upload to import PST files", step 4): UTF-8, the heading unchanged, at most 500 rows a file. Cells stand as they are, for the
/// service compares names letter by letter; rows that a spreadsheet would take for formulas are refused before.
/// </summary>
internal static class PurviewMappingFile
{
    /// <summary>Rows the service takes in one file.</summary>
    internal const int MostRows = 500;

    /// <summary>Writes all rows, into several files where they are more than the service takes in one.</summary>
    /// <param name="path">The full path of the first; the others have a number behind their name.</param>
    /// <param name="rows">The rows; each is told which file it is in.</param>
    /// <param name="replace">Whether existing files are replaced.</param>
    /// <exception cref="IOException">One exists, or cannot be written.</exception>
    internal static void Write(string path, IReadOnlyList<PurviewImportRow> rows, bool replace)
    {
        for (int start = 0; start < rows.Count; start += MostRows)
        {
            string file = PathOf(path, start / MostRows);
            PurviewImportRow[] own = [.. rows.Skip(start).Take(MostRows)];
            WriteOne(file, own, replace);
            Array.ForEach(own, r => r.MappingFile = file);
        }
    }

    /// <summary>The files that many rows go into.</summary>
    internal static IEnumerable<string> PathsOf(string path, int rows) => Enumerable.Range(0, (rows + MostRows - 1) / MostRows).Select(i => PathOf(path, i));

    private static string PathOf(string path, int index) => index == 0 ? path : Path.Combine(
        Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "-" + (index + 1).ToString(CultureInfo.InvariantCulture) + Path.GetExtension(path));

    private static void WriteOne(string path, IEnumerable<PurviewImportRow> rows, bool replace)
    {
        AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = path + AtomicFile.Suffix;
        try
        {
            using (StreamWriter writer = new(AtomicFile.Create(unfinished, FileAccess.Write, 16 * 1024), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
            {
                writer.NewLine = "\r\n";
                writer.WriteLine(string.Join(",", PurviewImportRow.Columns));
                foreach (PurviewImportRow row in rows)
                {
                    string[] cells =
                    [
                        row.Workload, row.FilePath, row.Name, row.Mailbox, row.IsArchive ? "TRUE" : "FALSE", row.TargetRootFolder,
                        row.ContentCodePage?.ToString(CultureInfo.InvariantCulture) ?? "", "", "", "",
                    ];
                    writer.WriteLine(string.Join(",", cells.Select(Quote)));
                }
            }

            AtomicFile.Finish(path, replace);
        }
        catch
        {
            AtomicFile.Discard(unfinished);
            throw;
        }
    }

    private static string Quote(string cell) => cell.IndexOfAny(s_special) < 0 ? cell : "\"" + cell.Replace("\"", "\"\"") + "\"";

    private static readonly char[] s_special = [',', '"', '\r', '\n'];
}
