using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Formats;

namespace PstMigration.Batch;

/// <summary>
/// A table of files and the mailboxes they go into. Its headings are ours (Path, Mailbox, Folder, TargetFolder, CodePage) or those of the mapping file of Microsoft's PST import, whose
/// FilePath and Name are the folder and the file, and where no TargetRootFolder means a folder named Imported.
/// </summary>
internal static class ImportBatch
{
    private const string MicrosoftDefaultFolder = "Imported";

    private static readonly string[] s_path = ["Path", "FullName", "DataFile"];
    private static readonly string[] s_mailbox = ["Mailbox", "Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail"];
    private static readonly string[] s_folder = ["Folder"];
    private static readonly string[] s_target = ["TargetFolder", "TargetRootFolder"];
    private static readonly string[] s_codePage = ["CodePage", "ContentCodePage"];
    private static readonly string[] s_others = ["Workload", "FilePath", "Name", "IsArchive", "SPFileContainer", "SPManifestContainer", "SPSiteUrl"];

    /// <summary>Reads a table.</summary>
    /// <param name="path">Its full path. What its rows name is looked for from its folder.</param>
    /// <param name="parameters">What the parameters of the command are called: as a heading, who wrote it would take it for heeded.</param>
    /// <param name="unknown">Other headings nothing is made of.</param>
    /// <exception cref="Mapi.MailDataException">BatchFileInvalid: there is no heading for the file, or no row, or a heading that is nearly one, or a parameter.</exception>
    internal static IReadOnlyList<ImportBatchRow> Read(string path, IEnumerable<string> parameters, out IReadOnlyList<string> unknown)
    {
        IReadOnlyList<CsvRow> rows = CsvReader.ReadFile(path);
        IReadOnlyList<string> headings = rows.Count == 0 ? [] : rows[0].Cells;
        int Find(params string[] names) => headings.Select((h, i) => (h, i)).Where(c => names.Contains(c.h, StringComparer.OrdinalIgnoreCase)).Select(c => c.i).DefaultIfEmpty(-1).First();

        bool isMicrosofts = Find(s_path) < 0 && Find("Name") >= 0;
        int file = isMicrosofts ? Find("Name") : Find([.. s_path, "FilePath"]);
        if (file < 0 || rows.Count < 2)
        {
            throw BatchErrors.NotABatch(path);
        }

        HashSet<string> known = new([.. s_path, .. s_mailbox, .. s_folder, .. s_target, .. s_codePage, .. s_others], StringComparer.OrdinalIgnoreCase);
        unknown = [.. headings.Where(h => !known.Contains(h))];
        HashSet<string> near = new([.. known, .. parameters], StringComparer.OrdinalIgnoreCase);
        if (unknown.FirstOrDefault(h => near.Contains(Bare(h))) is string wrong)
        {
            throw BatchErrors.Heading(path, wrong);
        }

        string folder = Path.GetDirectoryName(path) ?? "";
        return [.. rows.Skip(1).Select(row =>
        {
            string Cell(int column) => column >= 0 && column < row.Cells.Count ? row.Cells[column] : "";
            string target = Cell(Find(s_target));
            return new ImportBatchRow(row.Line)
            {
                Path = Cell(file).Length == 0 ? "" : Full(folder, isMicrosofts ? Cell(Find("FilePath")) : "", Cell(file)),
                Pattern = WildcardPattern.ContainsWildcardCharacters(Cell(file)) ? Pattern(folder, isMicrosofts ? Cell(Find("FilePath")) : "", Cell(file)) : null,
                Mailbox = Cell(Find(s_mailbox)),
                Folder = Cell(Find(s_folder)),
                TargetFolder = target.Length == 0 && isMicrosofts ? MicrosoftDefaultFolder : target.TrimStart('/', '\\'),
                IsTargetGiven = isMicrosofts || target.Length > 0,
                CodePage = Cell(Find(s_codePage)),
                Workload = Cell(Find("Workload")),
                IsArchive = Cell(Find("IsArchive")),
            };
        })];
    }

    private static string Full(string folder, string below, string file)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(folder, Local(below), Local(file)));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // A name no file can have.
            return file;
        }
    }

    // The folder of the table has the name it has.
    private static string Pattern(string folder, string below, string file) =>
        Path.Combine(WildcardPattern.Escape(folder), below.Length == 0 ? "" : WildcardPattern.Escape(Local(below)), Local(file));

    // As it was meant: Target folder, target-folder, -TargetFolder.
    private static string Bare(string heading) => new([.. heading.Where(char.IsLetterOrDigit)]);

    // A table that was made on another system names its folders in its own way.
    private static string Local(string path) => Path.DirectorySeparatorChar == '/' ? path.Replace('\\', '/') : path.Replace('/', '\\');
}
