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
        IAsyncEnumerator<SourceItem>? items = null;
        try
        {
            while (true)
            {
                try
                {
                    items ??= source.ReadItemsAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    if (!await items.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
                {
                    tellUnreadable(folder, Fault.Explain(e, TransferErrorIds.FolderNotListed));
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
