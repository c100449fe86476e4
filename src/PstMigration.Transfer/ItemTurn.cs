namespace PstMigration.Transfer;

/// <summary>An item's place in the order of the source: what is behind it waits for it to be decided, and where the target keeps the order, to be committed.</summary>
/// <param name="previous">The turn before it; null for one that is over.</param>
internal sealed class ItemTurn(ItemTurn? previous)
{
    private readonly TaskCompletionSource<bool> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ItemTurn? _previous = previous;

    /// <summary>The turn before the first.</summary>
    public static ItemTurn Over { get; } = CreateOver();

    /// <summary>The turn before it.</summary>
    public ItemTurn Previous => _previous ?? Over;

    /// <summary>Done when what is to happen with the item is decided and its folder exists.</summary>
    public Task Decided => _decided.Task;

    /// <summary>Done when the item is committed, or will not be.</summary>
    public Task Committed => _committed.Task;

    /// <summary>Lets the next one decide.</summary>
    public void EndDecision() => _decided.TrySetResult(true);

    /// <summary>Lets the next one go on, whatever became of this one. The turns before it are forgotten.</summary>
    public void End()
    {
        _previous = null;
        _decided.TrySetResult(true);
        _committed.TrySetResult(true);
    }

    private static ItemTurn CreateOver()
    {
        ItemTurn over = new(null);
        over.End();
        return over;
    }
}
