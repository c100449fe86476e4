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
    private readonly Dictionary<string, TargetFolder> _folders = new(StringComparer.Ordinal);

    internal override string Destination => target.Name;

    internal override Func<CancellationToken, Task<ExportOutcome>> Convert(PstItemInfo info, MapiItem item)
    {
        ItemKey key = KeyOf(info);
        ItemDigest digest = ItemDigester.Content(item);
        ItemProvenance provenance = new(key, new ItemVersion(digest.Hex), digest, ItemMarker.Compute(key, digest));
        return cancellationToken => WriteAsync(info, item, provenance, cancellationToken);
    }

    internal override async Task<IReadOnlyList<ExportedItem>> CompleteAsync(CancellationToken cancellationToken)
    {
        await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return [.. files().Select(f => new ExportedItem(ItemFate.Copied, [f], new FileInfo(f).Length, [.. _losses]))];
    }

    public override void Dispose() => (target as IDisposable)?.Dispose();

    private async Task<ExportOutcome> WriteAsync(PstItemInfo info, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (await target.ContainsAsync(provenance.Marker, cancellationToken).ConfigureAwait(false))
        {
            return new ExportOutcome(ExportedItem.AlreadyThere);
        }

        if (!_folders.TryGetValue(info.Folder, out TargetFolder? folder))
        {
            FolderPath path = FolderPath.Parse(info.Folder);
            FolderRole role = path.Names.Count == 1 ? FolderNames.Find(path.Name) : FolderRole.None;
            folder = await target.OpenFolderAsync(path, role, "", cancellationToken).ConfigureAwait(false);
            _folders.Add(info.Folder, folder);
        }

        WriteResult written = await target.WriteAsync(folder, item, provenance, cancellationToken).ConfigureAwait(false);
        // Details name attachments; a file as a whole has kinds only.
        _losses.UnionWith(written.Losses.Select(l => l with { Detail = "" }));
        return written.Fate == ItemFate.Failed
            ? new ExportOutcome(new MailDataException(written.ReasonId ?? "ItemNotCopied", written.Reason ?? ""))
            : new ExportOutcome(new ExportedItem(written.Fate, [], 0, written.Losses));
    }
}
