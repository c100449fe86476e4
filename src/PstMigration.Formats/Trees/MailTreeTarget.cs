using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Files of mail as the end of a transfer: what trees of .eml files, Maildirs and mbox files have in common. Messages carry their
/// markers, so that a second run writes nothing twice.
/// </summary>
public abstract class MailTreeTarget : IItemTarget
{
    private readonly object _lock = new();
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);

    private protected MailTreeTarget(string root, MailTreeOptions? options)
    {
        Name = root;
        Options = options ?? new MailTreeOptions();
    }

    /// <summary>The full path of the tree.</summary>
    public string Name { get; }

    private protected MailTreeOptions Options { get; }

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
        lock (_lock)
        {
            return Task.FromResult(Find(path, role, containerClass ?? ""));
        }
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_markers.Contains(Fold(marker)));
        }
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (item is null || provenance is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(provenance));
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            WriteResult written = Write(folder, item, provenance);
            Note(Fold(provenance.Marker));
            return Task.FromResult(written);
        }
        catch (MailDataException e) when (!WholeFile.IsAboutPlace(e))
        {
            return Task.FromResult(WriteResult.Failed(e.Id, e.Message));
        }
    }

    /// <inheritdoc/>
    public virtual Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Finds a folder, making it where it is missing. One caller at a time.</summary>
    private protected abstract TargetFolder Find(FolderPath path, FolderRole role, string containerClass);

    /// <summary>Writes a message whole or not at all.</summary>
    /// <exception cref="MailDataException">A value of the item cannot be read; or nothing can be written there, which ends the run.</exception>
    private protected abstract WriteResult Write(TargetFolder folder, MapiItem item, ItemProvenance provenance);

    /// <summary>What of a marker is noted of a message that is there.</summary>
    private protected virtual string Fold(ItemMarker marker) => marker.Value;

    /// <summary>Notes the marker of a message that is there.</summary>
    private protected void Note(string marker)
    {
        lock (_lock)
        {
            _markers.Add(marker);
        }
    }

    private protected MimeExportOptions Mime(ItemProvenance provenance) => TreeMessage.Options(Options.Mime, provenance);

    private protected static T Own<T>(TargetFolder folder)
        where T : TargetFolder => folder as T ?? throw new ArgumentException("A folder of this target is needed.", nameof(folder));
}
