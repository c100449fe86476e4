using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>A table of the items.</summary>
internal sealed class CsvExporter(string path, bool replace) : ItemExporter
{
    private readonly CsvFile _file = CsvFile.Create(path, replace);
    private readonly HashSet<ItemLoss> _losses = [];

    internal override string Destination => path;

    internal override Func<CancellationToken, Task<ExportOutcome>> Convert(ExportEntry entry, MapiItem item)
    {
        IReadOnlyList<string> row = CsvExport.Row(item, entry.Folder, entry.Key, TimeZoneInfo.Local);
        IReadOnlyList<ItemLoss> losses = CsvExport.Losses(item);
        return _ =>
        {
            bool isChanged = _file.WriteRow(row);
            losses = isChanged ? [.. losses, new ItemLoss(LossKind.TextChanged, "Cell")] : losses;

            // Details name attachments; the file as a whole has kinds only.
            _losses.UnionWith(losses.Select(l => l with { Detail = "" }));
            return Task.FromResult(new ExportOutcome(new ExportedItem(ItemFate.Copied, [], 0, losses)));
        };
    }

    internal override Task<IReadOnlyList<ExportedItem>> CompleteAsync(CancellationToken cancellationToken)
    {
        long bytes = _file.Complete();
        return Task.FromResult<IReadOnlyList<ExportedItem>>([new ExportedItem(ItemFate.Copied, [path], bytes, [.. _losses])]);
    }

    public override void Dispose() => _file.Dispose();
}
