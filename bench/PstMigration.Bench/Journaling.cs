using System.Diagnostics;
using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Bench;

/// <summary>A journal of many items, each with ids as long as a mailbox gives them and every other one with a loss.</summary>
internal static class Journaling
{
    private static readonly TransferPlan s_plan = new("pst:bench", "graph:bench") { SourceName = "bench.pst", TargetName = "bench@example.com" };
    private static readonly ItemLoss[] s_losses = [new ItemLoss(LossKind.Field, "0x0E1D")];

    /// <summary>Records items in a new journal, records them again as found, and reads them back; prints how it went.</summary>
    public static void Run(string path, int count)
    {
        Record(path, "first", count, i => i);
        Record(path, "again", count, i => i with { Fate = ItemFate.AlreadyThere, TargetKey = null, Marker = null, Version = null });

        using SqliteJournalReader reader = SqliteJournalReader.Open(path);
        Measurement counting = new();
        JournalCounts counts = reader.Count(JournalQuery.All);
        counting.Print(string.Create(CultureInfo.InvariantCulture, $"count items={counts.Items} losses={counts.Losses.Values.Sum()}"), new FileInfo(path).Length, Console.Out);
        Measurement reading = new();
        long read = 0;
        foreach (JournalItem item in reader.ReadAll(JournalQuery.All))
        {
            read += item.Losses.Count + 1;
            reading.Tick();
        }

        reading.Print(string.Create(CultureInfo.InvariantCulture, $"read rows={read}"), new FileInfo(path).Length, Console.Out);
    }

    private static void Record(string path, string what, int count, Func<JournalItem, JournalItem> change)
    {
        using SqliteJournal journal = SqliteJournal.Open(path, s_plan);
        journal.Start(what);
        Measurement measurement = new();
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        for (int i = 0; i < count; i++)
        {
            journal.Add(change(Item(i)));
            measurement.Tick();
        }

        journal.Finish();
        TimeSpan worked = Process.GetCurrentProcess().TotalProcessorTime - before;
        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"{what} items={count} a_second={count / watch.Elapsed.TotalSeconds:F0} a_second_of_processor={count / worked.TotalSeconds:F0}"),
            new FileInfo(path).Length,
            Console.Out);
    }

    private static readonly string s_tail = new('a', 80);
    private static readonly FolderPath[] s_folders = [.. Enumerable.Range(0, 100).Select(i => FolderPath.Parse("Inbox/Folder " + i.ToString(CultureInfo.InvariantCulture)))];

    private static JournalItem Item(int number)
    {
        // In no order, as ids of a mailbox are to those who get them.
        string random = ((ulong)number * 0x9E3779B97F4A7C15UL).ToString("X16", CultureInfo.InvariantCulture);
        string target = "AAMkAGI2" + random + s_tail;
        return new JournalItem(new ItemKey(s_plan.Source, "0x" + ((number << 5) | 4).ToString("X8", CultureInfo.InvariantCulture)), s_folders[number / 1000 % s_folders.Length], ItemFate.Copied)
        {
            MessageClass = "IPM.Note",
            Version = new ItemVersion(random),
            Marker = new ItemMarker(random + s_tail[..48]),
            TargetKey = new ItemKey(s_plan.Target, target),
            Bytes = number * 7L % 100_000,
            Losses = number % 2 == 0 ? s_losses : [],
        };
    }
}
