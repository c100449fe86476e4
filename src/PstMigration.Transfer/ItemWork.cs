namespace PstMigration.Transfer;

/// <summary>
/// The place of an item among those that are opened and prepared at once. It is kept from one to the other, so that an item which waits for nothing goes its whole way in one piece,
/// and given back where the item has to wait: what it waits for may want a place itself.
/// </summary>
internal sealed class ItemWork(ItemPipeline pipeline) : IDisposable
{
    private WorkPlaces.Place? _place;

    /// <summary>Waits for a place, unless the item has it.</summary>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public async ValueTask BeginAsync() => _place ??= await pipeline.WorkAsync().ConfigureAwait(false);

    /// <summary>Gives the place back, if something is not done yet that the item is about to wait for.</summary>
    public Task Await(Task task)
    {
        EndUnless(task.IsCompleted);
        return task;
    }

    /// <inheritdoc cref="Await(Task)"/>
    public ValueTask<T> Await<T>(ValueTask<T> task)
    {
        EndUnless(task.IsCompleted);
        return task;
    }

    /// <summary>Gives the place back, where the item has it.</summary>
    public void End() => EndUnless(false);

    public void Dispose() => End();

    private void EndUnless(bool isCompleted)
    {
        if (!isCompleted && _place is WorkPlaces.Place place)
        {
            _place = null;
            place.Dispose();
        }
    }
}
