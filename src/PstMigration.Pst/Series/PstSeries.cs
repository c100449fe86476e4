using System.Globalization;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// A series of data files in one folder: the first, <c>name.pst</c>, and its parts, <c>name-002.pst</c> or <c>name-2024.pst</c>. Each is a data file of its own and says by what rule
/// the series is split; together they hold each item once. What is stored in them decides, not their names alone: another file of such a name is no part.
/// </summary>
public sealed class PstSeries
{
    private static readonly Regex s_suffix = new(@"^-(\d{3,4})\z", RegexOptions.CultureInvariant);

    private readonly string _path;

    /// <summary>The series a first file is of, whether there is any file of it or not.</summary>
    /// <param name="path">The full path of the first file.</param>
    public PstSeries(string path) => _path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>The path of a part.</summary>
    /// <param name="suffix">What tells it from the others: three digits of a number from 002, or four of a year.</param>
    public string PathOf(string suffix) => Path.Combine(Path.GetDirectoryName(_path) ?? "", Path.GetFileNameWithoutExtension(_path) + "-" + suffix + Path.GetExtension(_path));

    /// <summary>The parts, in the order of their names, before any is written to.</summary>
    /// <param name="exportOf">Of which mailbox they are.</param>
    /// <exception cref="PstException">PstExists: a file that is no part has the name of one; or it cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public IReadOnlyList<(string Suffix, string Path)> FindParts(string exportOf)
    {
        IReadOnlyList<(string Suffix, string Path)> named = FindNamed();
        return named.FirstOrDefault(p => !IsPart(p.Path, exportOf)).Path is string foreign ? throw PstWriteError.Exists(foreign) : named;
    }

    /// <summary>The files of the series, the first before its parts; none where there is no series.</summary>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public IReadOnlyList<string> Find()
    {
        if (RuleOf(_path) is not (_, string exportOf))
        {
            return [];
        }

        return [_path, .. FindNamed().Select(p => p.Path).Where(p => IsPart(p, exportOf))];
    }

    /// <summary>By what rule the series goes on: that of the first file; of a first file that is gone or was not split so far, that of a part. Null where there is no series.</summary>
    /// <param name="exportOf">Of which mailbox it is.</param>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public PstSplit? FindRule(string exportOf) => new[] { _path }.Concat(FindNamed().Select(p => p.Path))
        .Select(RuleOf).FirstOrDefault(r => r is (_, string of) && of == exportOf)?.Rule;

    /// <summary>What a file says of the series it is of; null where it is of none.</summary>
    /// <exception cref="PstException">The file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public static (PstSplit Rule, string ExportOf)? RuleOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using PstFile file = PstFile.Open(path);
            return PstSplit.Parse(file.Properties.GetString(PropertyNames.Split)) is PstSplit rule ? (rule, file.Properties.GetString(PropertyNames.ExportOf) ?? "") : null;
        }
        catch (PstException e) when (e.IsUnsound)
        {
            // None of ours.
            return null;
        }
    }

    /// <summary>The number after those given; the last there can be, where all are taken: what comes then makes that part larger.</summary>
    internal static string NextNumber(IEnumerable<string> suffixes) =>
        Math.Min(999, suffixes.Where(s => s.Length == 3).Select(s => int.Parse(s, CultureInfo.InvariantCulture)).DefaultIfEmpty(1).Max() + 1).ToString("D3", CultureInfo.InvariantCulture);

    private static bool IsPart(string path, string exportOf) => RuleOf(path) is (_, string of) && of == exportOf;

    /// <summary>Files with names of parts, whether they are any or not, in the order of their names.</summary>
    private IReadOnlyList<(string Suffix, string Path)> FindNamed()
    {
        string folder = Path.GetDirectoryName(_path) ?? "";
        string name = Path.GetFileNameWithoutExtension(_path);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder)
                .Select(p => (Suffix: SuffixOf(Path.GetFileName(p), name), Path: p))
                .Where(p => p.Suffix is not null)
                .Select(p => (p.Suffix!, p.Path))
                .OrderBy(p => p.Item1, StringComparer.Ordinal),
        ];
    }

    private string? SuffixOf(string file, string name) =>
        file.StartsWith(name, StringComparison.OrdinalIgnoreCase) && file.EndsWith(Path.GetExtension(_path), StringComparison.OrdinalIgnoreCase)
            && Path.GetFileNameWithoutExtension(file).Length > name.Length && s_suffix.Match(Path.GetFileNameWithoutExtension(file).Substring(name.Length)) is { Success: true } match
            ? match.Groups[1].Value
            : null;
}
