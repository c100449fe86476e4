using System.Globalization;

namespace PstMigration.Bench;

/// <summary>
/// Runs this program and its <see cref="Peers"/> that LIST and READ over one file, each in a process of its own, and prints medians.
/// </summary>
internal static class Comparison
{
    private const double Megabyte = 1e6;

    /// <summary>Prints the table of a file.</summary>
    /// <param name="file">The data file; read once before, so that the cache is warm.</param>
    /// <param name="runs">Runs of each; the median counts.</param>
    /// <param name="limit">A run that takes longer is stopped, and its program not run again.</param>
    public static void Run(string file, int runs, TimeSpan limit)
    {
        long size = new FileInfo(file).Length;
        using (FileStream stream = File.OpenRead(file))
        {
            stream.CopyTo(Stream.Null, 1 << 20);
        }

        string cores = Contender.CanPin ? "one core" : "all cores";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {size / Megabyte:F1} MB, {cores}, median of {runs}."));
        Console.WriteLine();
        Console.WriteLine("| program | list s | of processor | peak MB | read s | of processor | MB/s | peak MB |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        IReadOnlyDictionary<string, string> lists = Peers.For("LIST");
        IReadOnlyDictionary<string, string> reads = Peers.For("READ");
        string own = Environment.ProcessPath!;
        string two = own + " read {0} 2";
        Print("PstMigration", Median(own + " list {0}", cores: 1), Median(own + " read {0} 1", cores: 1));
        foreach (string name in lists.Keys.Union(reads.Keys).Order(StringComparer.Ordinal))
        {
            Print(name, Median(lists.GetValueOrDefault(name), cores: 1), Median(reads.GetValueOrDefault(name), cores: 1));
        }

        Print("PstMigration, two threads on two cores", null, Median(two, cores: 2));
        Console.WriteLine();

        ProcessResult? Median(string? command, int cores) => command is null ? null : new Contender(command, command).Median(file, runs, cores, limit);

        void Print(string name, ProcessResult? list, ProcessResult? read) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Cells(list)} | {Seconds(read)} | {read?.ProcessorSeconds:F2} | {Rate(read, size)} | {read?.PeakMegabytes:F0} |"));
    }

    private static string Cells(ProcessResult? result) =>
        string.Create(CultureInfo.InvariantCulture, $"{Seconds(result)} | {result?.ProcessorSeconds:F2} | {result?.PeakMegabytes:F0}");

    private static string Seconds(ProcessResult? result) => result is null ? ""
        : result.Outcome == ProcessResult.Ok ? result.Seconds.ToString("F2", CultureInfo.InvariantCulture)
        : result.Outcome;

    private static string Rate(ProcessResult? result, long size) => result?.Outcome == ProcessResult.Ok
        ? (size / Megabyte / result.Seconds).ToString("F0", CultureInfo.InvariantCulture)
        : "";
}
