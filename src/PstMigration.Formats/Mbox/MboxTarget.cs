using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A tree of mbox files as the end of a transfer: a directory for each folder, and in it a file of its name. New messages are written beside it and put behind what it
/// holds in <see cref="IItemTarget.CompleteAsync"/>; without that nothing is changed.
/// </summary>
public sealed class MboxTarget : FileTarget, IItemReplacer, IItemRemover
{
    /// <summary>Messages with attachments up to this size are made in memory before their turn; larger ones straight into the file.</summary>
    private const long SmallSize = 4 * 1024 * 1024;

    private readonly DirectoryTree _tree;
    private readonly Dictionary<string, MboxChange> _changes = new(StringComparer.Ordinal);
    private CopyIndex<MboxPlace>? _copies;

    private MboxTarget(DirectoryTree tree, ItemTargetOptions? options)
        : base(tree.Root, TreeFiles.StoreKey("mbox", tree.Root), options) => _tree = tree;

    /// <inheritdoc/>
    public override TargetTraits Traits { get; } = new();

    private CopyIndex<MboxPlace> Copies => _copies ??= ReadCopies();

    /// <inheritdoc/>
    public Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            if (old?.IsIndexed != true)
            {
                return null;
            }

            WriteResult written = Write(Own<PreparedMessage>(prepared));
            Leave(old);
            return written;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            bool isIndexed = item?.IsIndexed == true;
            if (isIndexed)
            {
                Leave(item!);
            }

            return isIndexed;
        },
        cancellationToken);

    /// <summary>Opens a tree, making its directory where it is missing, and reads which items its files hold.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    internal static MboxTarget Open(string path, ItemTargetOptions? options)
    {
        MboxTarget target = new(DirectoryTree.OpenOrCreate(path), options);
        foreach (string file in target._tree.Folders.Select(f => MboxLayout.FileOf(target.Name, f.Directory)))
        {
            MboxChange.Discard(file);
        }

        target._copies = target.ReadCopies();
        return target;
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => _tree.Find(path, role, containerClass);

    private protected override IReadOnlyList<RememberedItem> Find(ItemKey key) => Copies.Find(key);

    private protected override RememberedItem? Find(ItemMarker marker) => Copies.Find(marker);

    private protected override PreparedItem Prepare(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        PreparedMessage prepared = new(Own<DirectoryFolder>(folder), item, provenance) { Cancellation = cancellationToken };
        if (LargeValues.AreBelow(item, SmallSize))
        {
            MemoryStream bytes = new();
            prepared.Losses = MboxWriter.Write(item, bytes, TreeMessage.Options(provenance, folder.Path, Key, cancellationToken));
            prepared.Bytes = bytes;
        }

        return prepared;
    }

    private protected override WriteResult Commit(PreparedItem prepared)
    {
        PreparedMessage message = Own<PreparedMessage>(prepared);

        // An item that was listed twice comes twice: the first had not come here when the second was looked up.
        return Copies.Find(message.Provenance.Key).FirstOrDefault(r => r.HasVersion(message.Provenance.Version)) is RememberedItem same
            ? new WriteResult(ItemFate.AlreadyThere, same.TargetKey, same.Losses)
            : Write(message);
    }

    private protected override IReadOnlyList<WrittenFile> Complete()
    {
        List<WrittenFile> files = [];
        foreach (MboxChange change in _changes.Values)
        {
            WholeFile.Guard(change.Path, change.Complete);
            files.Add(new WrittenFile(change.Path, new FileInfo(LongPath.Of(change.Path)).Length, KindsOf(change.Losses)));
        }

        // What lies where has changed; it is read again if anybody asks.
        _copies = null;
        _changes.Clear();
        return files;
    }

    private protected override void Close()
    {
        foreach (MboxChange change in _changes.Values)
        {
            change.Dispose();
        }

        _changes.Clear();
    }

    private WriteResult Write(PreparedMessage message)
    {
        string directory = Own<DirectoryFolder>(message.Folder).Directory;
        MboxChange change = ChangeOf(MboxLayout.FileOf(Name, directory));
        MboxPlace place = change.Add(stream =>
        {
            if (message.Bytes is MemoryStream bytes)
            {
                bytes.WriteTo(stream);
            }
            else
            {
                message.Losses = MboxWriter.Write(message.Item, stream, TreeMessage.Options(message.Provenance, message.Folder.Path, Key, message.Cancellation));
            }
        });
        change.Losses.UnionWith(KindsOf(message.Losses));
        Copies.Add(CopyRecord.Of(message.Provenance, message.Losses), place);
        return WriteResult.Copied(KeyOf(place), message.Losses);
    }

    private void Leave(RememberedItem old)
    {
        MboxPlace place = Copies.PlaceOf(old);
        ChangeOf(place.Path).Leave(place, Copies.RecordOf(old));
        Copies.Remove(old);
    }

    private MboxChange ChangeOf(string path)
    {
        if (!_changes.TryGetValue(path, out MboxChange? change))
        {
            // Where messages lie is known of the file as it was when it was read.
            _ = Copies;
            _changes.Add(path, change = new MboxChange(path));
        }

        return change;
    }

    private CopyIndex<MboxPlace> ReadCopies()
    {
        CopyIndex<MboxPlace> copies = new(KeyOf);
        foreach (string path in _tree.Folders.Select(f => MboxLayout.FileOf(Name, f.Directory)).Where(f => File.Exists(LongPath.Of(f))))
        {
            FileInfo file = new(LongPath.Of(path));
            ItemVersion? version = TreeFiles.VersionOf(file);
            foreach (MboxMessage message in MboxReader.ReadHeads(path))
            {
                if (message.Head.Record is CopyRecord record)
                {
                    copies.Add(
                        Options.Replace ? record with { Version = 0, Marker = default } : record,
                        new MboxPlace(path, message.Start, message.Stop, message.Begin, version));
                }
            }
        }

        return copies;
    }

    private ItemKey KeyOf(MboxPlace place) =>
        new(StoreKey, EmlTreeSource.IdOf(Name, Path.GetDirectoryName(place.Path)!, "") + "@" + place.Offset.ToString(CultureInfo.InvariantCulture));

    private sealed class PreparedMessage(DirectoryFolder folder, MapiItem item, ItemProvenance provenance) : PreparedItem(folder, item, provenance)
    {
        /// <summary>The message as it goes into the file; null for one that is large.</summary>
        public MemoryStream? Bytes { get; set; }

        public IReadOnlyList<ItemLoss> Losses { get; set; } = [];

        /// <summary>Stops the writing.</summary>
        public CancellationToken Cancellation { get; init; }
    }
}
