using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// A .pst file as the end of a transfer: a new one, of which nothing lies at <see cref="Name"/> before <see cref="CompleteAsync"/>, or one that
/// is there and is added to. In that every group of items lasts once it is committed; what an earlier run brought is found by its marker.
/// </summary>
public sealed class PstItemTarget : IItemTarget, IDisposable
{
    private static readonly Task<bool> s_found = Task.FromResult(true);
    private static readonly Task<bool> s_notFound = Task.FromResult(false);

    private readonly IItemStore _store;
    private readonly Dictionary<FolderPath, PstTargetFolder> _folders = [];
    private MarkerIndex? _markers;

    private PstItemTarget(string path, IItemStore store)
    {
        Name = path;
        _store = store;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Bytes the file has so far.</summary>
    public long Length => _store.Length;

    /// <summary>Properties stored on the message store, such as <see cref="PropertyNames.ExportOf"/>.</summary>
    public PropertyBag StoreProperties { get; } = new();

    private MarkerIndex Markers => _markers ??= ReadMarkers();

    /// <summary>Begins a file.</summary>
    /// <exception cref="PstException">As for <see cref="PstFileBuilder.Create(string, PstCreateOptions)"/>.</exception>
    public static PstItemTarget Create(string path, PstCreateOptions? options = null) =>
        new(path, new BuiltStore(PstFileBuilder.Create(path, options)));

    /// <summary>Opens a file to add to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; without a group, <see cref="PstCommitGroup.Default"/> is committed at a time.</param>
    /// <exception cref="PstException">As for <see cref="PstFileEditor.Open(string, PstEditOptions)"/>.</exception>
    public static PstItemTarget Open(string path, PstEditOptions? options = null)
    {
        options ??= new PstEditOptions();
        return new(path, new EditedStore(PstFileEditor.Open(path, options with { CommitGroup = options.CommitGroup ?? PstCommitGroup.Default })));
    }

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => null;

    /// <inheritdoc/>
    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<TargetFolder>(Open(path, role, containerClass ?? ""));
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken) => Markers.Contains(marker.Value) ? s_found : s_notFound;

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (folder is not PstTargetFolder target || item is null || provenance is null)
        {
            throw new ArgumentException("A folder of this target, an item and its provenance are needed.", nameof(folder));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Write(target, item, provenance));
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _store.Complete(StoreProperties);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private PstTargetFolder Open(FolderPath path, FolderRole role, string containerClass)
    {
        if (!_folders.TryGetValue(path, out PstTargetFolder? folder))
        {
            NodeId id = role == FolderRole.None ? default : _store.Find(role);
            id = id.IsNone ? FindOrCreate(path, containerClass) : id;
            folder = new PstTargetFolder(PathOf(id), id);
            _folders.Add(path, folder);
        }

        _store.SetRole(folder.Id, role);
        return folder;
    }

    // Parents come before children as a rule, so that a parent may have been mapped by its role; others are made here.
    private NodeId FindOrCreate(FolderPath path, string containerClass)
    {
        NodeId folder = _store.Root;
        FolderPath current = FolderPath.Root;
        for (int i = 0; i < path.Names.Count; i++)
        {
            current = current.Append(path.Names[i]);
            string name = path.Names[i].Length > 0 ? path.Names[i] : Strings.FolderUnnamed;
            NodeId next = _folders.TryGetValue(current, out PstTargetFolder? known) ? known.Id : _store.Find(folder, name);
            folder = next.IsNone ? _store.Create(folder, name, i == path.Names.Count - 1 ? containerClass : "") : next;
        }

        return folder;
    }

    private FolderPath PathOf(NodeId folder)
    {
        Stack<string> names = new();
        while (folder != _store.Root && folder != NodeId.RootFolder)
        {
            (NodeId parent, string name) = _store.Describe(folder);
            names.Push(name);
            folder = parent;
        }

        return new FolderPath(names);
    }

    private WriteResult Write(PstTargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        MessageKind kind = (item.Flags & MessageFlags.Associated) != 0 ? MessageKind.Associated : MessageKind.Normal;
        try
        {
            (NodeId id, IReadOnlyList<ItemLoss> losses) = _store.Add(folder.Id, item, kind, Properties(provenance));
            Markers.Add(provenance.Marker.Value);
            return WriteResult.Copied(new ItemKey(_store.StoreKey, id.ToString()), losses);
        }
        catch (MailDataException e) when (!_store.IsBroken)
        {
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (IOException e) when (!_store.IsBroken)
        {
            return WriteResult.Failed("ItemUnreadable", e.Message);
        }
    }

    private MarkerIndex ReadMarkers()
    {
        MarkerIndex markers = new();
        foreach (string marker in _store.ListMarkers())
        {
            markers.Add(marker);
        }

        return markers;
    }

    private static PropertyBag Properties(ItemProvenance provenance)
    {
        PropertyBag bag = new();
        bag.Set(PropertyNames.Marker, provenance.Marker.Value);
        bag.Set(PropertyNames.SourceKey, provenance.Key.ToString());
        bag.Set(PropertyNames.SourceVersion, provenance.Version.Value);
        bag.Set(PropertyNames.SourceDigest, provenance.Digest.Hex);
        return bag;
    }

    private sealed record PstTargetFolder(FolderPath Path, NodeId Id) : TargetFolder(Path);
}
