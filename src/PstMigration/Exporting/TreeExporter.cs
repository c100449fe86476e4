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

    internal override bool Contains(PstItemInfo info) => tree.Contains(FolderPath.Parse(info.Folder), KeyOf(info));

    internal override Func<CancellationToken, Task<ExportOutcome>> Convert(PstItemInfo info, MapiItem item)
    {
        ExportOutcome outcome = new(tree.Write(FolderPath.Parse(info.Folder), KeyOf(info), item));
        return _ => Task.FromResult(outcome);
    }

    public override void Dispose()
    {
        // Each file is complete by itself.
    }
}
