using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>A file as the end of a transfer: items carry where they came from, and are not written twice.</summary>
internal static class Marking
{
    private const string Source = "pst:bench";
    private const int Lookups = 100_000;

    /// <summary>Brings items into a file that is there, but for those it has, and prints how it went; a second run brings none.</summary>
    public static void Import(string path, SeededItems items)
    {
        long before = new FileInfo(path).Length;
        Measurement measurement = new();
        int written = 0;
        using (PstItemTarget target = PstItemTarget.Open(path))
        {
            TargetFolder folder = target.OpenFolderAsync(FolderPath.Root.Append("Imported"), FolderRole.None, "IPF.Note", default).GetAwaiter().GetResult();
            for (int i = 0; i < items.Count; i++)
            {
                MapiItem item = items.Mail(i);
                ItemDigest digest = ItemDigester.Content(item);
                ItemKey key = new(Source, i.ToString(CultureInfo.InvariantCulture));
                ItemMarker marker = ItemMarker.Compute(key, digest);
                if (!target.ContainsAsync(marker, default).GetAwaiter().GetResult())
                {
                    ItemProvenance provenance = new(key, new ItemVersion(digest.Hex), digest, marker);
                    WriteResult result = target.WriteAsync(folder, item, provenance, default).GetAwaiter().GetResult();
                    written += result.Fate == ItemFate.Copied ? 1 : throw new InvalidOperationException(result.Reason);
                }

                measurement.Tick();
            }

            target.CompleteAsync(default).GetAwaiter().GetResult();
        }

        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"import messages={items.Count} written={written} there={items.Count - written}"),
            new FileInfo(path).Length - before,
            Console.Out);
    }

    /// <summary>Opens a file as the end of a transfer, looks for one marker, which reads what markers are there, and then for many more.</summary>
    public static void Lookup(string path)
    {
        Measurement measurement = new();
        using PstItemTarget target = PstItemTarget.Open(path);
        Stopwatch watch = Stopwatch.StartNew();
        Contains(target, 0);
        double first = watch.Elapsed.TotalMilliseconds;
        measurement.Tick();
        watch.Restart();
        for (int i = 1; i <= Lookups; i++)
        {
            Contains(target, i);
        }

        double each = watch.Elapsed.TotalMicroseconds / Lookups;
        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"markers first_ms={first:F1} us_each_more={each:F2}"), new FileInfo(path).Length, Console.Out);
    }

    private static void Contains(PstItemTarget target, int number)
    {
        ItemMarker marker = new(number.ToString("x64", CultureInfo.InvariantCulture));
        if (target.ContainsAsync(marker, default).GetAwaiter().GetResult())
        {
            throw new InvalidOperationException("A marker that is nowhere was found.");
        }
    }
}
