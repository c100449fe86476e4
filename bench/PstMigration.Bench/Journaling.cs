using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
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
        JournalItem[] items = [.. Enumerable.Range(0, count).Select(Item)];
        Record(path, "first", items);
        Record(path, "again", [.. items.Select(i => i with { Fate = ItemFate.AlreadyThere, TargetKey = null, Marker = null, Version = null })]);

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

    private static void Record(string path, string what, JournalItem[] items)
    {
        using SqliteJournal journal = SqliteJournal.Open(path, s_plan);
        journal.Start(what);
        Measurement measurement = new();
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (JournalItem item in items)
        {
            journal.Add(item);
            measurement.Tick();
        }

        journal.Finish();
        TimeSpan worked = Process.GetCurrentProcess().TotalProcessorTime - before;
        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"{what} items={items.Length} a_second={items.Length / watch.Elapsed.TotalSeconds:F0} a_second_of_processor={items.Length / worked.TotalSeconds:F0}"),
            new FileInfo(path).Length,
            Console.Out);
    }

    private static readonly FolderPath[] s_folders = [.. Enumerable.Range(0, 100).Select(i => FolderPath.Parse("Inbox/Folder " + i.ToString(CultureInfo.InvariantCulture)))];

    private static JournalItem Item(int number)
    {
        string target = "AAMkAGI2" + Convert.ToBase64String(SHA512.HashData(BitConverter.GetBytes(number)));
        return new JournalItem(new ItemKey(s_plan.Source, "0x" + ((number << 5) | 4).ToString("X8", CultureInfo.InvariantCulture)), s_folders[number / 1000 % s_folders.Length], ItemFate.Copied)
        {
            MessageClass = "IPM.Note",
            Version = new ItemVersion(target[..24]),
            Marker = new ItemMarker(Hex.Lower(SHA256.HashData(BitConverter.GetBytes(number)))),
            TargetKey = new ItemKey(s_plan.Target, target),
            Bytes = number * 7L % 100_000,
            Duration = TimeSpan.FromMilliseconds(number % 50),
            Losses = number % 2 == 0 ? s_losses : [],
        };
    }
}
