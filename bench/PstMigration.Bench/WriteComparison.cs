using System.Globalization;

namespace PstMigration.Bench;

/// <summary>
/// Has this program and its <see cref="Peers"/> that WRITE write the same items, each in a process of its own, prints medians, and reads
/// and checks what each wrote. Every run finds an empty data file at its place, to add to or to replace.
/// </summary>
internal static class WriteComparison
{
    private const double Megabyte = 1e6;

    /// <summary>Prints the table of some items.</summary>
    /// <param name="folder">Where the files are written; they are removed again.</param>
    /// <param name="items">What is written; peers know its numbers, and have to make the same messages of them.</param>
    /// <param name="runs">Runs of each; the median counts.</param>
    /// <param name="limit">A run that takes longer is stopped, and its program not run again.</param>
    public static void Run(string folder, SeededItems items, int runs, TimeSpan limit)
    {
        DirectoryInfo place = Directory.CreateDirectory(Path.Combine(folder, "pst-bench-write-" + Guid.NewGuid().ToString("N")));
        try
        {
            string copied = Path.Combine(place.FullName, "copied.pst");
            Generation.Run(copied, items, Generation.Folders, TextWriter.Null);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{items.Count} messages, one in {items.Every} with an attachment of {items.AttachmentBytes} bytes; median of {runs}; stopped after {limit.TotalSeconds} s."));
            Console.WriteLine();
            Console.WriteLine("| program | s | of processor | MB/s | peak MB | file MB | messages in it | recipients | attachments | errors | warnings |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            foreach (Contender contender in Contenders(copied, items))
            {
                Measure(contender, Path.Combine(place.FullName, "run"), items, runs, limit);
            }

            Console.WriteLine();
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static IEnumerable<Contender> Contenders(string copied, SeededItems items)
    {
        string own = Environment.ProcessPath!;
        string seed = items.Seed.ToString(CultureInfo.InvariantCulture);
        return
        [
            new Contender("plain copy of our file, with a flush", own + " copy " + copied + " {0}"),
            new Contender("PstMigration, a new file", own + " generate {0} {1} {2} {3} " + seed),
            new Contender("PstMigration, in place", own + " append {0} {1} {2} {3} 500"),
            .. Peers.For("WRITE").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new Contender(p.Key, p.Value)),
        ];
    }

    private static void Measure(Contender contender, string place, SeededItems items, int runs, TimeSpan limit)
    {
        string path = Path.Combine(place, "written.pst");
        string[] values = [path, .. new[] { items.Count, items.AttachmentBytes, items.Every }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        ProcessResult result = Contender.Median(runs, () =>
        {
            Clear(place);
            Generation.Run(path, items with { Count = 0 }, Generation.Folders, TextWriter.Null);
            return contender.Run(values, Environment.ProcessorCount, limit);
        });
        bool done = result.Outcome == ProcessResult.Ok;
        WrittenFile? file = done ? WrittenFile.Look(path) : null;
        string rate = done ? (new FileInfo(path).Length / Megabyte / result.Seconds).ToString("F1", CultureInfo.InvariantCulture) : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {contender.Name} | {(done ? result.Seconds.ToString("F2", CultureInfo.InvariantCulture) : result.Outcome)} | {result.ProcessorSeconds:F2} "
            + $"| {rate} | {result.PeakMegabytes:F0} | {file?.Bytes / Megabyte:F1} | {file?.Items} | {file?.Counts.Recipients} | {file?.Counts.Attachments} "
            + $"| {file?.Errors} | {file?.Warnings} |"));
        if (file is { Errors: > 0 } or { Warnings: > 0 })
        {
            foreach (string finding in WrittenFile.Findings(path))
            {
                Console.Error.WriteLine(contender.Name + ": " + finding);
            }
        }

        Clear(place);
    }

    // What a program that was stopped left there, too.
    private static void Clear(string place)
    {
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        Directory.CreateDirectory(place);
    }
}
