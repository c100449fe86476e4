using System.Globalization;

namespace PstMigration.Bench;

/// <summary>All of docs/benchmarks.md about reading: makes the files, where they are not there yet, and prints the tables.</summary>
internal static class Suite
{
    private const int Seed = 20261126;
    private const int AttachmentBytes = 256 * 1024;
    private const int ShortText = 200;

    private sealed record Shape(string Name, SeededItems Items, int Folders);

    private static readonly Shape[] s_sizes =
    [
        new("10mb", Mails(134), 10),
        new("150mb", Mails(2_000), 10),
        new("1500mb", Mails(20_000), 10),
        new("5gb", Mails(67_000), 10),
    ];

    private static readonly Shape[] s_folders =
    [
        new("folder-1000", new SeededItems(1_000, 0, 0, Seed, ShortText), 1),
        new("folder-250000", new SeededItems(250_000, 0, 0, Seed, ShortText), 1),
    ];

    /// <summary>Runs it.</summary>
    /// <param name="folder">Where the files are kept.</param>
    /// <param name="runs">Runs of each program; the median counts.</param>
    /// <param name="limit">A run that takes longer is stopped, and its program not run again with that file.</param>
    public static void Run(string folder, int runs, TimeSpan limit)
    {
        Directory.CreateDirectory(folder);
        foreach (Shape shape in s_sizes)
        {
            Comparison.Run(Make(folder, shape), runs, limit);
        }

        Console.WriteLine("| file | MB | items in the folder | first item ms, median | worst | µs for each item | most of GC heap MB, list | read | peak MB, list | read |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (Shape shape in s_sizes.Concat(s_folders))
        {
            PrintOwn(Make(folder, shape));
        }
    }

    private static SeededItems Mails(int count) => new(count, AttachmentBytes, 4, Seed);

    private static string Make(string folder, Shape shape)
    {
        string path = Path.Combine(folder, shape.Name + ".pst");
        if (!File.Exists(path))
        {
            Generation.Run(path, shape.Items, shape.Folders, Console.Error);
        }

        return path;
    }

    private static void PrintOwn(string file)
    {
        Dictionary<string, string> first = Fields("first {0}", file);
        Dictionary<string, string> rate = Fields("rate {0}", file);
        Dictionary<string, string> list = Fields("list {0}", file);
        Dictionary<string, string> read = Fields("read {0} 1", file);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Path.GetFileName(file)} | {list["file_mb"]} | {rate["items"]} | {first["ms_median"]} | {first["ms_max"]} | {rate["us_per_item"]} "
            + $"| {list["heap_max_mb"]} | {read["heap_max_mb"]} | {list["peak_mb"]} | {read["peak_mb"]} |"));
    }

    // The line of a run of this program: name=value, separated by blanks.
    private static Dictionary<string, string> Fields(string arguments, string file)
    {
        ProcessResult result = new Contender(arguments, Environment.ProcessPath + " " + arguments).Run(file, cores: 1, TimeSpan.FromMinutes(10));
        return result.Outcome == ProcessResult.Ok
            ? result.Output.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(f => f.Split('='))
                .Where(f => f.Length == 2)
                .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal)
            : throw new InvalidOperationException(arguments + ": " + result.Outcome);
    }
}
