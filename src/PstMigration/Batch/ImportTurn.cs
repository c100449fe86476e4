using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>One import: of a file, or of what the import of it left out.</summary>
/// <param name="import">What and where to.</param>
/// <param name="items">Of a file the only items that are meant; null for what the import says.</param>
internal sealed class ImportTurn(MailboxImport import, IReadOnlyCollection<NodeId>? items = null)
{
    /// <summary>What and where to.</summary>
    public MailboxImport Import => import;

    /// <summary>Of a file the only items that are meant, each left out before; null for what the import says.</summary>
    public IReadOnlyCollection<NodeId>? Items => items;

    /// <summary>The ids of items that are left out, as there is a newer version.</summary>
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of items that arrived, or were there already.</summary>
    public HashSet<string> Arrived { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there are other versions of an item, for which it matters what becomes of this one; by its id.</summary>
    public Func<string, bool> IsContested { get; init; } = _ => false;

    /// <summary>Takes down what became of an item.</summary>
    public void Note(ItemResult result)
    {
        if (!IsContested(result.Key.Id))
        {
            return;
        }

        // One that was to be kept as it was before is there as well, as somebody wants it.
        if (result.Fate is ItemFate.Copied or ItemFate.AlreadyThere || result.Written.ReasonId == TransferErrorIds.ItemChangeKept.Name)
        {
            Arrived.Add(result.Key.Id);
        }
        else if (result.Written.ReasonId == TransferErrorIds.ItemOlderVersion.Name)
        {
            LeftOut.Add(result.Key.Id);
        }
    }
}
