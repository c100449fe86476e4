namespace PstMigration.Mapi;

/// <summary>A sequence that never has to wait, offered where one that may is asked for.</summary>
public sealed class SynchronousSequence<T>(IEnumerable<T> items, CancellationToken cancellation) : IAsyncEnumerable<T>
{
    /// <inheritdoc/>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(items.GetEnumerator(), cancellation, cancellationToken);

    private sealed class Enumerator(IEnumerator<T> items, CancellationToken first, CancellationToken second) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            first.ThrowIfCancellationRequested();
            second.ThrowIfCancellationRequested();
            return new ValueTask<bool>(items.MoveNext());
        }

        public ValueTask DisposeAsync()
        {
            items.Dispose();
            return default;
        }
    }
}
