using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Which items of a journal, in which order, and how many at a time.</summary>
public sealed record JournalQuery
{
    /// <summary>All items.</summary>
    public static JournalQuery All { get; } = new();

    /// <summary>Only of this run; null for all.</summary>
    public long? Run { get; init; }

    /// <summary>Only of this run and later ones; null for all.</summary>
    public long? FromRun { get; init; }

    /// <summary>Only of these fates; empty for all.</summary>
    public IReadOnlyList<ItemFate> Fates { get; init; } = [];

    /// <summary>Only those somebody may want to look at.</summary>
    public bool IssuesOnly { get; init; }

    /// <summary>Those after this place, which is the <see cref="JournalPage.Next"/> of the page before; null for the beginning.</summary>
    public long? After { get; init; }

    /// <summary>How many at most.</summary>
    public int Take { get; init; } = 500;
}

/// <summary>Some items of a journal.</summary>
/// <param name="Items">In the order each was first recorded.</param>
/// <param name="Next">Where the next page begins; null where there is none.</param>
public sealed record JournalPage(IReadOnlyList<JournalItem> Items, long? Next);
