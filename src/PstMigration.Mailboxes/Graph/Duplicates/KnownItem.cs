using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item of the mailbox as far as it is known without being opened; some 150 bytes.</summary>
/// <param name="kind">What it is.</param>
/// <param name="id">The service's id.</param>
/// <param name="folderId">The list of a task, without which it is not found; null for other kinds.</param>
/// <param name="store">The store it was copied from; null for one that is no copy.</param>
/// <param name="isDeleted">Whether it was among the deleted items when it was listed or written.</param>
internal sealed class KnownItem(GraphFolderKind kind, string id, string? folderId, string? store, bool isDeleted)
{
    /// <summary>What it is.</summary>
    public GraphFolderKind Kind => kind;

    /// <summary>The service's id.</summary>
    public string Id => id;

    /// <summary>The store it was copied from; null for one that is no copy.</summary>
    public string? Store => store;

    /// <summary>The folder it is in; null where that is not known.</summary>
    public string? LiesIn { get; set; }

    /// <summary>Whether it is among the deleted items.</summary>
    public bool IsDeleted { get; set; } = isDeleted;

    /// <summary>Its folded Message-ID; 0 where it has none.</summary>
    public long MessageId { get; init; }

    /// <summary>Its <see cref="ItemOutline"/>; 0 where it does not tell.</summary>
    public long Outline { get; init; }

    /// <summary>Its version; null where that was not asked for.</summary>
    public string? Version { get; init; }

    /// <summary>The items of sources it was found for, one of each store; null where it was not.</summary>
    public List<ItemKey>? FoundFor { get; set; }

    /// <summary>Whether it is in no folder any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Its content, once it was opened for that.</summary>
    public string? Content { get; set; }

    /// <summary>What else it is compared by, once it was opened for that.</summary>
    public ItemLikeness? Likeness { get; set; }

    /// <summary>Where it is.</summary>
    public GraphCopy Place => new(id, kind, default, 0) { FolderId = folderId };

    /// <summary>The next one in the list of those with the same Message-ID.</summary>
    public KnownItem? NextOfMessageId { get; set; }

    /// <summary>The next one in the list of those with the same outline.</summary>
    public KnownItem? NextOfOutline { get; set; }
}
