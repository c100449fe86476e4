using System.Globalization;
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
            string.Create(CultureInfo.InvariantCulture, $"list folders={folders} items={items} chars={characters} dates={dates}"), file.Length, Console.Out);
    }

    /// <summary>Reads every property of items, recipients and attachments, and every byte of the contents.</summary>
    public static void Read(string path, int threads)
    {
        Measurement measurement = new();
        ItemCounts counts = default;
        long items = 0;
        using PstFile file = PstFile.Open(path);
        IEnumerable<NodeId> ids = Folders(file).SelectMany(f => f.EnumerateItems()).Select(i => i.NodeId);
        foreach (ItemCounts item in OrderedParallel.Select(ids, id => ContentReader.Read(file.OpenItem(id)), threads))
        {
            items++;
            counts += item;
            measurement.Tick();
        }

        measurement.Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"read threads={threads} items={items} props={counts.Properties} recipients={counts.Recipients} attachments={counts.Attachments} bytes={counts.Bytes}"),
            file.Length,
            Console.Out);
    }

    /// <summary>All folders but search folders, which show the items of others again.</summary>
    public static IEnumerable<PstFolder> Folders(PstFile file)
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
