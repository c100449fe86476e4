using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>How the items of a source lie: what is large, full, deep and old.</summary>
public sealed class TransferShape
{
    /// <summary>Exchange Online takes no larger message (Exchange Online limits: message limits), in bytes.</summary>
    public const long LargestMessage = 150L << 20;

    private readonly Dictionary<FolderPath, (SourceFolder Folder, long Items)> _folders = [];

    /// <summary>Items larger than <see cref="LargestMessage"/>.</summary>
    public long LargeItems { get; private set; }

    /// <summary>The folders that have items, and how many.</summary>
    public IEnumerable<(SourceFolder Folder, long Items)> Folders => _folders.Values;

    /// <summary>How many levels deep the deepest of these is; the top is 0.</summary>
    public int Depth { get; private set; }

    /// <summary>When the oldest item was received, sent or else changed; null where none tells.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    internal void Add(SourceFolder folder, ItemSummary summary)
    {
        LargeItems += summary.Size > LargestMessage ? 1 : 0;
        _folders[folder.Path] = (folder, (_folders.TryGetValue(folder.Path, out (SourceFolder Folder, long Items) known) ? known.Items : 0) + 1);
        Depth = Math.Max(Depth, folder.Path.Names.Count);
        DateTimeOffset? time = summary.ReceivedTime ?? summary.SentTime ?? summary.ModifiedTime;
        Oldest = time < Oldest || Oldest is null ? time ?? Oldest : Oldest;
    }
}
