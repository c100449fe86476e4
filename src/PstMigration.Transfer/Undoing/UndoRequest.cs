namespace PstMigration.Transfer;

/// <summary>How a transfer is taken back, and who is told.</summary>
/// <param name="Journals">Where its journal is.</param>
public sealed record UndoRequest(TransferJournals Journals)
{
    /// <summary>Whether copies are taken out of the target; else they go to the deleted items.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>Whether the source is no more: what would not go to the deleted items stays.</summary>
    public bool IsSourceGone { get; init; }

    /// <summary>Is told of each copy and each folder.</summary>
    public Action<UndoneItem> OnItem { get; init; } = _ => { };

    /// <summary>Is told how many copies were looked at, of how many.</summary>
    public Action<long, long> OnProgress { get; init; } = (_, _) => { };
}
