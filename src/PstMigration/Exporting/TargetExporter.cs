using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>A tree of mbox files or a Maildir. Digests are computed on any thread; messages are written one after another.</summary>
/// <param name="target">Where to.</param>
/// <param name="files">The files written, asked for when all is complete.</param>
internal sealed class TargetExporter(IItemTarget target, Func<IReadOnlyList<string>> files) : ItemExporter
{
    private readonly HashSet<ItemLoss> _losses = [];
    private readonly Dictionary<FolderPath, TargetFolder> _folders = [];

    internal override string Destination => target.Name;

    internal override Func<CancellationToken, Task<ExportOutcome>> Convert(ExportEntry entry, MapiItem item)
    {
        ItemDigest digest = ItemDigester.Content(item);
        ItemProvenance provenance = new(entry.Key, new ItemVersion(digest.Hex), digest, ItemMarker.Compute(entry.Key, digest));
        return cancellationToken => WriteAsync(entry, item, provenance, cancellationToken);
    }

    internal override async Task<IReadOnlyList<ExportedItem>> CompleteAsync(CancellationToken cancellationToken)
    {
        await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return [.. files().Select(f => new ExportedItem(ItemFate.Copied, [f], new FileInfo(f).Length, [.. _losses]))];
    }

    public override void Dispose() => (target as IDisposable)?.Dispose();

    private async Task<ExportOutcome> WriteAsync(ExportEntry entry, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (await target.ContainsAsync(provenance.Marker, cancellationToken).ConfigureAwait(false))
        {
            return new ExportOutcome(ExportedItem.AlreadyThere);
        }

        if (!_folders.TryGetValue(entry.Folder, out TargetFolder? folder))
        {
            FolderRole role = entry.Folder.Names.Count == 1 ? FolderNames.Find(entry.Folder.Name) : FolderRole.None;
            folder = await target.OpenFolderAsync(entry.Folder, role, "", cancellationToken).ConfigureAwait(false);
            _folders.Add(entry.Folder, folder);
        }

        WriteResult written = await target.WriteAsync(folder, item, provenance, cancellationToken).ConfigureAwait(false);
        // Details name attachments; a file as a whole has kinds only.
        _losses.UnionWith(written.Losses.Select(l => l with { Detail = "" }));
        return written.Fate == ItemFate.Failed
            ? new ExportOutcome(new MailDataException(written.ReasonId ?? "ItemNotCopied", written.Reason ?? ""))
            : new ExportOutcome(new ExportedItem(written.Fate, [], 0, written.Losses));
    }
}
