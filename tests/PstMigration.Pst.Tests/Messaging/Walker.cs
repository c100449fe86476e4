using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Reads everything a file offers, as far as a budget allows, and swallows what is reported as damage.</summary>
internal sealed class Walker(PstFile file, long maxBytes = long.MaxValue)
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public int Folders { get; private set; }

    public int Items { get; private set; }

    public int Attachments { get; private set; }

    public int Failures { get; private set; }

    public long Bytes { get; private set; }

    public void Walk()
    {
        Stack<PstFolder> open = new();
        Try(() => open.Push(file.Root));
        Try(() => open.Push(file.IpmSubtree));
        HashSet<NodeId> visited = [];
        while (open.Count > 0 && Bytes < maxBytes)
        {
            PstFolder folder = open.Pop();
            if (!visited.Add(folder.NodeId))
            {
                continue;
            }

            Folders++;
            _ = folder.Role;
            _ = folder.ContainerClass;
            _ = folder.Path.ToString();
            Try(() => ReadItems(folder.EnumerateItems()));
            Try(() => ReadItems(folder.EnumerateAssociated()));
            Try(() =>
            {
                foreach (PstFolder child in folder.EnumerateFolders())
                {
                    open.Push(child);
                }
            });
        }

        foreach (PstRecoveryKind kind in new[] { PstRecoveryKind.Orphan, PstRecoveryKind.Deleted, PstRecoveryKind.Fragment })
        {
            Try(() =>
            {
                foreach (PstRecoveredItem item in file.RecoverItems(kind))
                {
                    Try(() => ReadItem(item.Open(), 0));
                }
            });
        }

        _ = file.CodePage;
        _ = file.Damage;
    }

    private void ReadItems(IEnumerable<PstItemSummary> items)
    {
        foreach (PstItemSummary summary in items)
        {
            Items++;
            Try(() => ReadItem(file.OpenItem(summary.NodeId), 0));
            if (Bytes > maxBytes)
            {
                return;
            }
        }
    }

    private void ReadItem(MapiItem item, int depth)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in item.Properties)
        {
            Read(property.Value.Source);
        }

        foreach (MapiAttachment attachment in item.Attachments)
        {
            Attachments++;
            Try(() => Read(attachment.Content));
            if (attachment.HasEmbeddedItem && depth < 20)
            {
                Try(() => ReadItem(attachment.OpenEmbedded(), depth + 1));
            }
        }
    }

    private void Read(BinarySource? source)
    {
        if (source is null)
        {
            return;
        }

        using Stream stream = source.OpenRead();
        int count;
        while (Bytes < maxBytes && (count = stream.Read(_buffer, 0, _buffer.Length)) > 0)
        {
            Bytes += count;
        }
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (PstException)
        {
            Failures++;
        }
    }
}
