using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>Exporting a file as a tree of files, one for each item, as Export-PstItem does.</summary>
internal static class Exporting
{
    /// <summary>Writes every item people see, and prints how it went.</summary>
    /// <param name="path">The data file.</param>
    /// <param name="folder">A folder that is empty or missing.</param>
    /// <param name="format">Eml, Html, Text, Json or Attachments.</param>
    /// <param name="threads">How many items are converted at once.</param>
    public static void Run(string path, string folder, string format, int threads)
    {
        Measurement measurement = new();
        long items = 0, files = 0, bytes = 0;
        using PstFile file = PstFile.Open(path);
        ItemFileTree tree = ItemFileTree.Open(folder, Enum.Parse<ItemFileFormat>(format, ignoreCase: true));
        Parallel.ForEach(List(file), new ParallelOptions { MaxDegreeOfParallelism = threads }, entry =>
        {
            ExportedItem exported = tree.Write(entry.Folder, file.KeyOf(entry.Item), file.OpenItem(entry.Item));
            Interlocked.Add(ref files, exported.Files.Count);
            Interlocked.Add(ref bytes, exported.Bytes);
            Interlocked.Increment(ref items);
            lock (measurement)
            {
                measurement.Tick();
            }
        });
        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"export format={format} threads={threads} items={items} files={files} bytes={bytes}"),
            new FileInfo(path).Length,
            Console.Out);
    }

    private static IEnumerable<(FolderPath Folder, NodeId Item)> List(PstFile file)
    {
        Stack<PstFolder> open = new([file.IpmSubtree]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                yield return (folder.Path, item.NodeId);
            }

            foreach (PstFolder child in folder.EnumerateFolders())
            {
                if (!child.IsSearchFolder)
                {
                    open.Push(child);
                }
            }
        }
    }
}
