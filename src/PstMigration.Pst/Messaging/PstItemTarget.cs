using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// A new .pst file as the end of a transfer. Nothing lies at <see cref="Name"/> before <see cref="CompleteAsync"/>; disposing of the
/// target without it leaves nothing behind.
/// </summary>
public sealed class PstItemTarget : IItemTarget, IDisposable
{
    private static readonly Task<bool> s_found = Task.FromResult(true);
    private static readonly Task<bool> s_notFound = Task.FromResult(false);

    private readonly PstFileBuilder _builder;
    private readonly Dictionary<FolderPath, PstTargetFolder> _folders = [];

    // 128 bits of each marker's hash: a million markers take some 30 MB, and two never meet by chance.
    private readonly HashSet<Guid> _markers = [];

    private PstItemTarget(string path, PstFileBuilder builder)
    {
        Name = path;
        _builder = builder;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Properties stored on the message store, such as <see cref="PropertyNames.ExportOf"/>.</summary>
    public PropertyBag StoreProperties => _builder.StoreProperties;

    /// <summary>Begins a file.</summary>
    /// <exception cref="PstException">As for <see cref="PstFileBuilder.Create(string, PstCreateOptions)"/>.</exception>
    public static PstItemTarget Create(string path, PstCreateOptions? options = null) => new(path, PstFileBuilder.Create(path, options));

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
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken) =>
        _markers.Contains(Fold(marker)) ? s_found : s_notFound;

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
        _builder.Complete();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();

    private PstTargetFolder Open(FolderPath path, FolderRole role, string containerClass)
    {
        if (!_folders.TryGetValue(path, out PstTargetFolder? folder))
        {
            PstNewFolder handle = role switch
            {
                FolderRole.DeletedItems => _builder.DeletedItems,
                FolderRole.Root => _builder.RootFolder,
                _ => FindOrCreate(path, containerClass),
            };
            folder = new PstTargetFolder(PathOf(handle), handle);
            _folders.Add(path, folder);
        }

        _builder.SetRole(folder.Handle, role);
        return folder;
    }

    // Parents come before children as a rule, so that a parent may have been mapped by its role; others are made here.
    private PstNewFolder FindOrCreate(FolderPath path, string containerClass)
    {
        PstNewFolder folder = _builder.RootFolder;
        FolderPath current = FolderPath.Root;
        for (int i = 0; i < path.Names.Count; i++)
        {
            current = current.Append(path.Names[i]);
            string name = path.Names[i].Length > 0 ? path.Names[i] : Strings.FolderUnnamed;
            bool isLast = i == path.Names.Count - 1;
            folder = _folders.TryGetValue(current, out PstTargetFolder? known) ? known.Handle
                : folder.Find(name) ?? _builder.CreateFolder(folder, name, isLast ? containerClass : "");
        }

        return folder;
    }

    private FolderPath PathOf(PstNewFolder folder)
    {
        Stack<string> names = new();
        for (PstNewFolder? f = folder; f is not null && f != _builder.RootFolder; f = f.Parent)
        {
            names.Push(f.Name);
        }

        return new FolderPath(names);
    }

    private WriteResult Write(PstTargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        MessageKind kind = (item.Flags & MessageFlags.Associated) != 0 ? MessageKind.Associated : MessageKind.Normal;
        try
        {
            (NodeId id, IReadOnlyList<ItemLoss> losses) = _builder.Add(folder.Handle, item, kind, Properties(provenance));
            _markers.Add(Fold(provenance.Marker));
            return WriteResult.Copied(new ItemKey(_builder.StoreKey, id.ToString()), losses);
        }
        catch (MailDataException e) when (!_builder.IsBroken)
        {
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (IOException e) when (!_builder.IsBroken)
        {
            return WriteResult.Failed("ItemUnreadable", e.Message);
        }
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

    private static Guid Fold(ItemMarker marker)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(marker.Value));
        return new Guid(hash.AsSpan(0, 16).ToArray());
    }

    private sealed record PstTargetFolder(FolderPath Path, PstNewFolder Handle) : TargetFolder(Path);
}
