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
    /// <summary>What stands for the first file in the list of the files of a series.</summary>
    private const string FirstNumber = "001";

    private static readonly Regex s_suffix = new(@"^-(\d{3,4})\z", RegexOptions.CultureInvariant);
    private static readonly Regex s_partName = new(@"^(.+)-\d{3,4}\z", RegexOptions.CultureInvariant);

    private readonly string _path;

    /// <summary>The series a first file is of, whether there is any file of it or not.</summary>
    /// <param name="path">The full path of the first file.</param>
    public PstSeries(string path) => _path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>The full path of the first file.</summary>
    public string FirstPath => _path;

    /// <summary>The series a file is of, as its first file or, by what is stored in it, as a part of one whose first file may be missing; null where it is of none.</summary>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public static PstSeries? Of(string path)
    {
        if (MarkOf(path) is not Mark mark)
        {
            return null;
        }

        // The list of files is in the first alone; that may itself be named as a part is.
        if (mark.Files is null && s_partName.Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } match)
        {
            string first = Path.Combine(Path.GetDirectoryName(path) ?? "", match.Groups[1].Value + Path.GetExtension(path));
            if (!File.Exists(first) || MarkOf(first)?.ExportOf == mark.ExportOf)
            {
                return new PstSeries(first);
            }
        }

        return new PstSeries(path);
    }

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
        bool hasFirst = File.Exists(_path);
        IEnumerable<string> parts = FindNamed().Select(p => p.Path);
        return (hasFirst ? MarkOf(_path) : parts.Select(MarkOf).FirstOrDefault(m => m is not null))?.ExportOf is string exportOf
            ? [.. hasFirst ? [_path] : Array.Empty<string>(), .. parts.Where(p => IsPart(p, exportOf))]
            : [];
    }

    /// <summary>
    /// The files that are missing of a series, deleted, moved or no part of it any more: by the list of the last run that was completed; of a series without one those whose numbers are left out. None where there is no series.
    /// </summary>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public IReadOnlyList<string> FindMissing()
    {
        IReadOnlyList<string> files = Find();
        if (files.Count == 0)
        {
            return [];
        }

        HashSet<string> there = [.. files.Select(f => f == _path ? FirstNumber : SuffixOf(Path.GetFileName(f), Path.GetFileNameWithoutExtension(_path))!)];
        IEnumerable<string> known = MarkOf(_path)?.Files ?? Enumerable.Range(1, there.Where(s => s.Length == 3).Select(Number).DefaultIfEmpty(1).Max()).Select(Text);
        return [.. known.Where(s => !there.Contains(s)).Select(s => s == FirstNumber ? _path : PathOf(s))];
    }

    /// <summary>The list of files as it is stored with the first.</summary>
    /// <param name="suffixes">Of the parts.</param>
    public static string ListOf(IEnumerable<string> suffixes) => string.Join(" ", new[] { FirstNumber }.Concat(suffixes.OrderBy(s => s, StringComparer.Ordinal)));

    /// <summary>The list of files that is stored with the first; null where there is none.</summary>
    internal string? NotedFiles => MarkOf(_path)?.Files is IReadOnlyList<string> files ? string.Join(" ", files) : null;

    /// <summary>By what rule the series goes on: that of the first file; of a first file that is gone or was not split so far, that of a part. Null where there is no series.</summary>
    /// <param name="exportOf">Of which mailbox it is.</param>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public PstSplit? FindRule(string exportOf) => new[] { _path }.Concat(FindNamed().Select(p => p.Path))
        .Select(RuleOf).FirstOrDefault(r => r is (_, string of) && of == exportOf)?.Rule;

    /// <summary>What a file says of the series it is of; null where it is of none.</summary>
    /// <exception cref="PstException">The file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public static (PstSplit Rule, string ExportOf)? RuleOf(string path) => MarkOf(path) is Mark mark ? (mark.Rule, mark.ExportOf) : null;

    /// <summary>What a file says of its series; null where it is of none.</summary>
    private static Mark? MarkOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using PstFile file = PstFile.Open(path);
            return PstSplit.Parse(file.Properties.GetString(PropertyNames.Split)) is PstSplit rule
                ? new Mark(rule, file.Properties.GetString(PropertyNames.ExportOf) ?? "", ReadList(file.Properties.GetString(PropertyNames.Parts)))
                : null;
        }
        catch (PstException e) when (e.IsUnsound)
        {
            // None of ours.
            return null;
        }
    }

    /// <summary>The number after those given; the last there can be, where all are taken: what comes then makes that part larger.</summary>
    internal static string NextNumber(IEnumerable<string> suffixes) =>
        Text(Math.Min(999, suffixes.Where(s => s.Length == 3).Select(Number).DefaultIfEmpty(1).Max() + 1));

    private static int Number(string suffix) => int.Parse(suffix, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString("D3", CultureInfo.InvariantCulture);

    // Whatever else is stored there is no list, and names no file.
    private static string[]? ReadList(string? text) => text?.Split(' ') is string[] suffixes && Array.TrueForAll(suffixes, s => s_suffix.IsMatch("-" + s)) ? suffixes : null;

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

    /// <param name="Rule">By what the series is split.</param>
    /// <param name="ExportOf">Of which mailbox it is.</param>
    /// <param name="Files">The list of its files; null in parts, and where no run was completed since there are lists.</param>
    private sealed record Mark(PstSplit Rule, string ExportOf, IReadOnlyList<string>? Files);
}
