using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item as it will be sent. Without a plan it is of a class that is not taken.</summary>
/// <param name="folder">Where it goes; its kind is that of the item.</param>
/// <param name="item">The item.</param>
/// <param name="provenance">Where it comes from.</param>
internal sealed class GraphPreparedItem(GraphTargetFolder folder, MapiItem item, ItemProvenance provenance) : PreparedItem(folder, item, provenance)
{
    /// <summary>Where it goes.</summary>
    public new GraphTargetFolder Folder { get; } = folder;

    /// <summary>What it loses by where it goes.</summary>
    public IReadOnlyList<ItemLoss> FolderLosses { get; init; } = [];

    /// <summary>The service's id of the older copy it takes the place of; null where there is none.</summary>
    public string? Replaces { get; set; }

    /// <summary>The requests; null where it is not taken.</summary>
    public ItemPlan? Plan { get; init; }
}
