using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A table of items as the end of a transfer: one row an item, in their order. A new file, which appears when it is complete; or the one that exists, if it is just
/// what would be written.
/// </summary>
public sealed class CsvTarget : FileTarget
{
    private readonly CsvFile _file;
    private readonly HashSet<ItemLoss> _losses = [];
    private long _rows;

    private CsvTarget(string path, ItemTargetOptions? options)
        : base(path, TreeFiles.StoreKey("csv", path), options)
    {
        _file = CsvFile.CreateOrCompare(path, Options.Replace);
    }

    /// <inheritdoc/>
    public override TargetTraits Traits { get; } = new() { NeedsDigest = false, KeepsFolderClasses = false };

    /// <summary>Begins a table, making its directory where it is missing.</summary>
    /// <exception cref="MailDataException">ExportFileExists, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    internal static CsvTarget Open(string path, ItemTargetOptions? options)
    {
        string full = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(full) ?? full;
        WholeFile.Guard(directory, () => AtomicFile.CreateDirectory(directory));
        return new CsvTarget(full, options);
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => new(path);

    private protected override IReadOnlyList<RememberedItem> Find(ItemKey key) => [];

    private protected override RememberedItem? Find(ItemMarker marker) => null;

    private protected override PreparedItem Prepare(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken) =>
        new PreparedRow(folder, item, provenance, CsvExport.Row(item, provenance.Folder, provenance.Key, Options.Zone), CsvExport.Losses(item));

    private protected override WriteResult Commit(PreparedItem prepared)
    {
        PreparedRow row = Own<PreparedRow>(prepared);
        bool isChanged = _file.WriteRow(row.Cells);
        IReadOnlyList<ItemLoss> losses = isChanged ? [.. row.Losses, new ItemLoss(LossKind.TextChanged, "Cell")] : row.Losses;
        _losses.UnionWith(KindsOf(losses));
        ItemKey key = new(StoreKey, (++_rows).ToString(CultureInfo.InvariantCulture));
        return _file.IsExisting ? new WriteResult(ItemFate.AlreadyThere, key, losses) : WriteResult.Copied(key, losses);
    }

    private protected override IReadOnlyList<WrittenFile> Complete()
    {
        long length = _file.Complete();
        return _file.IsExisting ? [] : [new WrittenFile(Name, length, [.. _losses])];
    }

    private protected override void Close() => _file.Dispose();

    private sealed class PreparedRow(
        TargetFolder folder, MapiItem item, ItemProvenance provenance, IReadOnlyList<string> cells, IReadOnlyList<ItemLoss> losses)
        : PreparedItem(folder, item, provenance)
    {
        public IReadOnlyList<string> Cells => cells;

        public IReadOnlyList<ItemLoss> Losses => losses;
    }
}
