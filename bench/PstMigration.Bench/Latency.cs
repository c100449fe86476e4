using System.Diagnostics;
using System.Globalization;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>What a process that has been running for a while waits for: its first item, and each further one.</summary>
internal static class Latency
{
    private const int Runs = 15;

    /// <summary>Milliseconds from opening a file to the first item of its fullest folder.</summary>
    public static void First(string path)
    {
        NodeId fullest = Fullest(path);
        double[] milliseconds = Repeat(() =>
        {
            using PstFile file = PstFile.Open(path);
            return file.GetFolder(fullest).EnumerateItems().Take(1).Count();
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"first ms_median={Median(milliseconds):F2} ms_max={milliseconds.Max():F2}"));
    }

    /// <summary>Microseconds an item of the fullest folder takes to be listed.</summary>
    public static void Rate(string path)
    {
        NodeId fullest = Fullest(path);
        int items = 0;
        double[] milliseconds = Repeat(() =>
        {
            using PstFile file = PstFile.Open(path);
            return items = file.GetFolder(fullest).EnumerateItems().Count();
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"rate items={items} us_per_item={Median(milliseconds) * 1000 / items:F3} us_per_item_best={milliseconds.Min() * 1000 / items:F3}"));
    }

    private static NodeId Fullest(string path)
    {
        using PstFile file = PstFile.Open(path);
        return Reading.Folders(file).MaxBy(f => f.ItemCount)?.NodeId ?? throw new InvalidOperationException("No folders.");
    }

    // The first runs, in which the runtime compiles what is used, do not count.
    private static double[] Repeat(Func<int> work)
    {
        Stopwatch warming = Stopwatch.StartNew();
        while (warming.Elapsed < TimeSpan.FromSeconds(2))
        {
            work();
        }

        List<double> milliseconds = [];
        for (int i = 0; i < Runs; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        }

        return [.. milliseconds];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
