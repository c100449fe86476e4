using System.Collections.Generic;
using System.Threading;

namespace PstMigration.Mapi;

/// <summary>A source that can tell what changed in a folder since a state it gave out earlier, so that an unchanged folder costs next to nothing.</summary>
public interface IItemChangeFeed
{
    /// <summary>What changed in a folder since a state.</summary>
    /// <param name="folder">A folder of this source.</param>
    /// <param name="state">
    /// What <see cref="ItemChanges.State"/> said when the folder was read to its end before; null to begin. A state the source no longer knows, or that is of another
    /// folder, is no error: the folder is read whole.
    /// </param>
    ItemChanges ReadChanges(SourceFolder folder, string? state);
}

/// <summary>
/// The changes of one folder. <see cref="IsFull"/> and <see cref="State"/> count only after all of <see cref="ReadAsync"/> was read. One item may come several times; what
/// comes last counts.
/// </summary>
public abstract class ItemChanges
{
    /// <summary>
    /// Whether everything in the folder was listed: what is known of the folder from before and was not listed is no longer in it. Otherwise only what changed was.
    /// </summary>
    public bool IsFull { get; protected set; }

    /// <summary>What to begin with the next time; null where the folder has no feed and is read whole each time. It holds no secret.</summary>
    public string? State { get; protected set; }

    /// <summary>The changes. May be read once.</summary>
    public abstract IAsyncEnumerable<ItemChange> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>One change of a folder.</summary>
/// <param name="Key">The item.</param>
/// <param name="Item">The item as it is now, new, changed or moved here; null where it is no longer in this folder: deleted, or moved to another one.</param>
public sealed record ItemChange(ItemKey Key, SourceItem? Item);
