using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Batch;

/// <summary>
/// Of all files that go to one place, in which of them the newest version of each item is: exports of one mailbox hold the same items, one older than the other. One place from one caller at a time,
/// several places from any thread.
/// </summary>
/// <param name="open">Opens what is to be imported.</param>
internal sealed class NewestVersions(Func<MailboxImport, IItemSource> open)
{
    private readonly Dictionary<string, NewestInPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Notes an import, before the first is begun.</summary>
    internal void Add(MailboxImport import)
    {
        if (import.Format != PstItemFormat.Instance)
        {
            return;
        }

        if (!_places.TryGetValue(import.Place, out NewestInPlace? place))
        {
            _places.Add(import.Place, place = new NewestInPlace(open));
        }

        place.Add(import);
    }

    /// <summary>The import of a file without items of which another import, or this one, brings a newer version.</summary>
    internal Task<ImportTurn> BeginAsync(MailboxImport import, CancellationToken cancellationToken) => import.Format == PstItemFormat.Instance
        ? _places[import.Place].BeginAsync(import, cancellationToken)
        : Task.FromResult(new ImportTurn(import));

    /// <summary>An import is over.</summary>
    /// <param name="turn">The import.</param>
    /// <param name="isDone">Whether it came to its end: it was not refused, and did not fail as a whole.</param>
    /// <returns>When the last one of the place is over: what was left out in it and has to be imported after all, because the newer version did not arrive; null for nothing.</returns>
    internal ImportTurn? End(ImportTurn turn, bool isDone) => turn.Import.Format == PstItemFormat.Instance ? _places[turn.Import.Place].End(turn, isDone) : null;
}
