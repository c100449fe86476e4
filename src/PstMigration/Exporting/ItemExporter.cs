using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>
/// Writes the items of one data file in one format. The costly part of an item is done on any thread, several at once; what has to be in
/// order, item after item.
/// </summary>
internal abstract class ItemExporter : IDisposable
{
    /// <summary>Where it writes.</summary>
    internal abstract string Destination { get; }

    /// <summary>Whether an earlier run wrote the item, so that it need not be opened. Any thread.</summary>
    internal virtual bool Contains(ExportEntry entry) => false;

    /// <summary>Does the costly part of an item. Any thread.</summary>
    /// <returns>The rest, to be done in order. What it throws ends the run.</returns>
    /// <exception cref="MailDataException">About this item; DiskFull ends the run.</exception>
    internal abstract Func<CancellationToken, Task<ExportOutcome>> Convert(ExportEntry entry, MapiItem item);

    /// <summary>Makes lasting what is not yet. Gives the files that are complete only now, with the losses in them.</summary>
    internal virtual Task<IReadOnlyList<ExportedItem>> CompleteAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExportedItem>>([]);

    /// <summary>Takes away what was not completed.</summary>
    public abstract void Dispose();
}
