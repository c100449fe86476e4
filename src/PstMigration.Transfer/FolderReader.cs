using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Lists the items of folders. Where one cannot be listed any further its list ends, and that is told: the others can.</summary>
/// <param name="source">The store.</param>
/// <param name="tellUnreadable">Is told of each folder that could not be listed, or not to its end, and why.</param>
internal sealed class FolderReader(IItemSource source, Action<SourceFolder, MailDataException> tellUnreadable)
{
    /// <summary>The store.</summary>
    public IItemSource Source => source;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="MailDataException">The store cannot be used any further.</exception>
    public async IAsyncEnumerable<SourceItem> ReadAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<SourceItem> items = UpToFault(
            () => source.ReadItemsAsync(folder, cancellationToken),
            e => tellUnreadable(folder, Fault.Explain(e, TransferErrorIds.FolderNotListed)),
            cancellationToken);
        await foreach (SourceItem item in items.ConfigureAwait(false))
        {
            yield return item;
        }
    }

    /// <summary>A list up to where it cannot be read any further, or to its end.</summary>
    /// <param name="read">Begins the list.</param>
    /// <param name="tell">Is told why it ends early; not where the run ends with it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async IAsyncEnumerable<T> UpToFault<T>(Func<IAsyncEnumerable<T>> read, Action<Exception> tell, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<T>? items = null;
        try
        {
            while (true)
            {
                try
                {
                    items ??= read().GetAsyncEnumerator(cancellationToken);
                    if (!await items.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
                {
                    tell(e);
                    yield break;
                }

                yield return items.Current;
            }
        }
        finally
        {
            if (items is not null)
            {
                await items.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
