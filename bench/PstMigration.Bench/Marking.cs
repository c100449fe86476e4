using System.Diagnostics;
using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>A file as the end of a transfer: items carry where they came from, and are not written twice.</summary>
internal static class Marking
{
    private const string Source = "pst:bench";
    private const int Lookups = 100_000;

    /// <summary>Brings items into an existing file, but for those it has, and prints how it went; a second run brings none.</summary>
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
                ItemProvenance provenance = new(key, null, digest, FolderPath.Root, ItemIdentity.Of(item));
                if (!Contains(target, provenance.Marker!.Value))
                {
                    using PreparedItem prepared = target.PrepareAsync(folder, item, provenance, default).AsTask().GetAwaiter().GetResult();
                    WriteResult result = target.CommitAsync(prepared, default).GetAwaiter().GetResult();
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
        LookFor(target, 0);
        double first = watch.Elapsed.TotalMilliseconds;
        measurement.Tick();
        watch.Restart();
        for (int i = 1; i <= Lookups; i++)
        {
            LookFor(target, i);
        }

        double each = watch.Elapsed.TotalMicroseconds / Lookups;
        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"markers first_ms={first:F1} us_each_more={each:F2}"), new FileInfo(path).Length, Console.Out);
    }

    private static void LookFor(PstItemTarget target, int number)
    {
        if (Contains(target, new ItemMarker(number.ToString("x64", CultureInfo.InvariantCulture))))
        {
            throw new InvalidOperationException("A marker that is nowhere was found.");
        }
    }

    private static bool Contains(PstItemTarget target, ItemMarker marker) => target.FindAsync(marker, default).AsTask().GetAwaiter().GetResult() is not null;
}
