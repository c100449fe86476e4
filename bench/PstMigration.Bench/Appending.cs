using System.Diagnostics;
using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>Adding to an existing file.</summary>
internal static class Appending
{
    private const string FolderName = "Appended";

    /// <summary>Adds items to one folder, committed in groups, and prints how it went and what the last tenth cost against the first.</summary>
    public static void Run(string path, SeededItems items, int group)
    {
        long before = new FileInfo(path).Length;
        Measurement measurement = new();
        Stopwatch watch = new();
        TimeSpan first = default, last = default;
        int tenth = Math.Max(1, items.Count / 10);
        PstCommitGroup groups = PstCommitGroup.Default with { Items = group };
        using (PstFileEditor editor = PstFileEditor.Open(path, new PstEditOptions { CommitGroup = groups }))
        {
            PstEditFolder folder = Folder(editor);
            watch.Start();
            for (int i = 0; i < items.Count; i++)
            {
                editor.AddItem(folder, items.Mail(i));
                measurement.Tick();
                if (i + 1 == tenth)
                {
                    first = watch.Elapsed;
                }
                else if (i + 1 == items.Count - tenth)
                {
                    last = watch.Elapsed;
                }
            }

            editor.Commit();
            last = watch.Elapsed - last;
        }

        long written = new FileInfo(path).Length - before;
        measurement.Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"append messages={items.Count} group={group} us_per_item={watch.Elapsed.TotalMicroseconds / items.Count:F1} last_to_first={last / first:F2}"),
            written,
            Console.Out);
    }

    /// <summary>Opens a file, adds one item and commits, so many times, and prints how long each took from before opening.</summary>
    public static void One(string path, int times)
    {
        SeededItems items = new(times, 0, 0, SeededItems.UsualSeed);
        for (int i = 0; i < times; i++)
        {
            MapiItem item = items.Mail(i);
            Stopwatch watch = Stopwatch.StartNew();
            TimeSpan opened, added;
            using (PstFileEditor editor = PstFileEditor.Open(path))
            {
                opened = watch.Elapsed;
                editor.AddItem(Folder(editor), item);
                added = watch.Elapsed;
                editor.Commit();
                watch.Stop();
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"append-one file_mb={new FileInfo(path).Length / 1e6:F1} open_ms={opened.TotalMilliseconds:F2} add_ms={(added - opened).TotalMilliseconds:F2} commit_ms={(watch.Elapsed - added).TotalMilliseconds:F2} all_ms={watch.Elapsed.TotalMilliseconds:F2}"));
        }
    }

    private static PstEditFolder Folder(PstFileEditor editor) =>
        editor.FindFolder(editor.IpmSubtree, FolderName) ?? editor.CreateFolder(editor.IpmSubtree, FolderName, "IPF.Note");
}
