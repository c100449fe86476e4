using System;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>A file, or a directory of attachments, for each item. Nothing has to wait for its turn.</summary>
internal sealed class TreeExporter(ItemFileTree tree) : ItemExporter
{
    internal override string Destination => tree.Root;

    internal override bool Contains(ExportEntry entry) => tree.Contains(entry.Folder, entry.Key);

    internal override Func<CancellationToken, Task<ExportOutcome>> Convert(ExportEntry entry, MapiItem item)
    {
        ExportOutcome outcome = new(tree.Write(entry.Folder, entry.Key, item));
        return _ => Task.FromResult(outcome);
    }

    public override void Dispose()
    {
        // Each file is complete by itself.
    }
}
