using System.Collections.Generic;
using System.Globalization;
using System.IO;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>Reading a file, as a list and as a whole.</summary>
internal static class Reading
{
    /// <summary>Lists every item of every folder with subject, sender and date.</summary>
    public static void List(string path)
    {
        Measurement measurement = new();
        long folders = 0, items = 0, characters = 0, dates = 0;
        using PstFile file = PstFile.Open(path);
        foreach (PstFolder folder in Folders(file))
        {
            folders++;
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                items++;
                characters += item.Subject.Length + item.Sender.Length;
                dates += (item.DeliveryTime ?? item.SubmitTime) is null ? 0 : 1;
                measurement.Tick();
            }
        }

        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"list folders={folders} items={items} chars={characters} dates={dates}"), file.Length);
    }

    /// <summary>Reads every property of items, recipients and attachments, and every byte of the contents.</summary>
    public static void Read(string path)
    {
        Measurement measurement = new();
        ContentReader reader = new();
        long folders = 0, items = 0;
        using PstFile file = PstFile.Open(path);
        foreach (PstFolder folder in Folders(file))
        {
            folders++;
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                items++;
                reader.Read(file.OpenItem(item.NodeId));
                measurement.Tick();
            }
        }

        measurement.Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"read folders={folders} items={items} props={reader.Properties} recipients={reader.Recipients} attachments={reader.Attachments} bytes={reader.Bytes}"),
            file.Length);
    }

    // Search folders show the items of other folders again.
    private static IEnumerable<PstFolder> Folders(PstFile file)
    {
        Stack<PstFolder> open = new([file.Root]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            if (!folder.IsSearchFolder)
            {
                yield return folder;
            }

            foreach (PstFolder child in folder.EnumerateFolders())
            {
                open.Push(child);
            }
        }
    }
}
