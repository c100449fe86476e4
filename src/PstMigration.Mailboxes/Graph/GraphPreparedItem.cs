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

    /// <summary>The request of a mail item.</summary>
    public MessagePlan? Message { get; init; }

    /// <summary>The request of a contact.</summary>
    public ContactPlan? Contact { get; init; }

    /// <summary>The requests of a calendar item.</summary>
    public EventPlan? Event { get; init; }

    /// <summary>The requests of a task.</summary>
    public TaskPlan? Task { get; init; }
}
