using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>Reads lists the service gives page by page.</summary>
internal static class Paging
{
    /// <summary>All entries: those of the first page, then those of each next link.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<TPage, T>(
        Func<Task<TPage?>> first,
        Func<string, Task<TPage?>> next,
        Func<TPage, List<T>?> entries,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : BaseCollectionPaginationCountResponse
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        TPage? page = await GraphErrors.CallAsync(first).ConfigureAwait(false);
        while (page is not null)
        {
            foreach (T entry in entries(page) ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            // A link seen before would be read for ever.
            string? link = page.OdataNextLink;
            page = link is { Length: > 0 } && seen.Add(link)
                ? await GraphErrors.CallAsync(() => next(link)).ConfigureAwait(false)
                : null;
        }
    }
}
