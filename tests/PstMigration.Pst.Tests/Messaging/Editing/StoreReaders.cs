using System.Collections.Concurrent;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>Reads a file over and over while another changes it. What it reads must fit together, or the file be told as changed.</summary>
internal sealed class StoreReaders(string path)
{
    /// <summary>What was wrong.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Times the whole file was read.</summary>
    public int Passes { get; private set; }

    /// <summary>Times the file was told as changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Reads until told to stop.</summary>
    public void Read(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                ReadOnce(stop);
                Passes++;
            }
            catch (PstException e) when (e.Id == "PstChanged")
            {
                Changes++;
            }
            catch (Exception e)
            {
                Failures.Enqueue(e.ToString());
            }
        }
    }

    private void ReadOnce(CancellationToken stop)
    {
        using PstFile file = PstFile.Open(path);
        Stack<PstFolder> open = new([file.IpmSubtree]);
        while (open.Count > 0 && !stop.IsCancellationRequested)
        {
            PstFolder folder = open.Pop();
            List<PstItemSummary> items = [.. folder.EnumerateItems()];
            if (items.Count != folder.ItemCount)
            {
                Failures.Enqueue($"{folder.Path}: {folder.ItemCount} items, {items.Count} listed");
            }

            foreach (PstItemSummary item in items)
            {
                foreach (MapiAttachment attachment in file.OpenItem(item.NodeId, CancellationToken.None).Attachments)
                {
                    attachment.Content?.ToArray();
                }
            }

            foreach (PstFolder child in folder.EnumerateFolders())
            {
                open.Push(child);
            }
        }

        foreach (PstDamage damage in file.Damage.Take(1))
        {
            Failures.Enqueue(damage.ToString());
        }
    }
}
