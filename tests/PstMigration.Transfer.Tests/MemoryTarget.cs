using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Transfer.Tests;

/// <summary>A target in memory whose Inbox has a name of its own, and that can be told to answer in its own way.</summary>
internal sealed class MemoryTarget : IItemTarget
{
    private readonly HashSet<ItemMarker> _markers = [];

    public string Name => "memory";

    public List<string> Folders { get; } = [];

    public List<(string Folder, string Subject)> Items { get; } = [];

    public bool Completed { get; private set; }

    /// <summary>What happens instead of a plain write; null writes.</summary>
    public Func<MapiItem, WriteResult?> OnWrite { get; init; } = _ => null;

    /// <summary>Whether an item the answer to which got lost had arrived after all.</summary>
    public bool UnsureArrives { get; init; }

    public WriteResult? Refuse(string messageClass) =>
        MessageClasses.IsOfClass(messageClass, "IPM.Task") ? WriteResult.Skipped("ItemClassNotCarried", "tasks are not taken") : null;

    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        FolderPath mine = role == FolderRole.Inbox ? FolderPath.Parse("Posteingang") : path;
        if (!Folders.Contains(mine.ToString()))
        {
            Folders.Add(mine.ToString());
        }

        return Task.FromResult(new TargetFolder(mine));
    }

    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken) => Task.FromResult(_markers.Contains(marker));

    public Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (OnWrite(item) is WriteResult other)
        {
            if (other.Fate == ItemFate.Unsure && UnsureArrives)
            {
                _markers.Add(provenance.Marker);
            }

            return Task.FromResult(other);
        }

        _markers.Add(provenance.Marker);
        Items.Add((folder.Path.ToString(), item.Subject));
        return Task.FromResult(WriteResult.Copied(new ItemKey("memory:2", Items.Count.ToString(CultureInfo.InvariantCulture)), []));
    }

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        Completed = true;
        return Task.CompletedTask;
    }
}
