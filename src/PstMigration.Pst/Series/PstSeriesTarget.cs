using System.Globalization;
using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// A series of data files as one end of a transfer. New items go where the rule says; what is in any part is there, and whatever is done to an item later, also another version of it, is done in
/// the part that holds it. Folders with nothing in them are in the first file alone, the others have those they need. Each part is committed by itself: a series that was interrupted goes on.
/// </summary>
public sealed class PstSeriesTarget : IItemTarget, IItemReplacer, IItemMover, IItemRemover, ICopyUndoer, ICopyKeeper, ITargetState, IFolderClasses, IDisposable
{
    private readonly PstSeries _series;
    private readonly PstSplit _rule;
    private readonly PstCreateOptions _create;
    private readonly PropertyBag _marks = new();
    private readonly object _gate = new();
    private readonly Dictionary<FolderPath, PstSeriesFolder> _folders = [];

    // As it is stored with the first file.
    private string? _list;

    // Replaced as a whole: looked at while items are committed.
    private volatile Part[] _parts = [];

    private PstSeriesTarget(PstSeries series, PstSplit rule, string exportOf, PstCreateOptions create)
    {
        _series = series;
        _rule = rule;
        _create = create;
        _marks.Set(PropertyNames.ExportOf, exportOf);
        _marks.Set(PropertyNames.Split, rule.ToString());
    }

    /// <inheritdoc/>
    public string Name => First.Target.Name;

    /// <summary>That of the first file, so that a file that becomes a series stays the same target.</summary>
    public string StoreKey => First.Target.StoreKey;

    /// <inheritdoc/>
    public TargetTraits Traits => First.Target.Traits;

    /// <summary>The files, the first before its parts, these in the order of their names.</summary>
    public IReadOnlyList<(string Path, long Length)> Parts => [.. _parts.OrderBy(p => p.Suffix, StringComparer.Ordinal).Select(p => (p.Target.Name, p.Target.Length))];

    /// <inheritdoc/>
    public string? State => Array.TrueForAll(_parts, p => p.Target.State is not null)
        ? Sha256.Hex(string.Join("\n", _parts.Select(p => p.Target.StoreKey + " " + p.Target.State).OrderBy(s => s, StringComparer.Ordinal)))
        : null;

    private Part First => _parts[0];

    /// <summary>Opens a series to add to it.</summary>
    /// <param name="path">The first file, which exists. It becomes a series where it is none.</param>
    /// <param name="rule">Where it goes on with another file from now on; parts that exist stay as they are.</param>
    /// <param name="exportOf">Of which mailbox all of it is.</param>
    /// <param name="create">How further parts are made; its clock is that of all files, and its zone that of years.</param>
    /// <exception cref="PstException">As for <see cref="PstItemTarget.Open(string, PstEditOptions)"/>; PstExists: a file that is no part has the name of one.</exception>
    public static PstSeriesTarget Open(string path, PstSplit rule, string exportOf, PstCreateOptions create)
    {
        PstSeriesTarget target = new(
            new PstSeries(path),
            rule ?? throw new ArgumentNullException(nameof(rule)),
            exportOf ?? throw new ArgumentNullException(nameof(exportOf)),
            create ?? throw new ArgumentNullException(nameof(create)));
        try
        {
            target.OpenAll(path, exportOf);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => First.Target.Refuse(messageClass);

    /// <inheritdoc/>
    public async Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        TargetFolder inFirst = await First.Target.OpenFolderAsync(path, role, containerClass, cancellationToken).ConfigureAwait(false);
        PstSeriesFolder folder = new(inFirst, role, containerClass);
        lock (_gate)
        {
            _folders[folder.Path] = folder;
        }

        return folder;
    }

    /// <inheritdoc/>
    public string? FindClass(FolderPath path, FolderRole role) => First.Target.FindClass(path, role);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken)
    {
        List<RememberedItem> found = [];
        foreach (Part part in _parts)
        {
            found.AddRange(await part.Target.FindAsync(key, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        foreach (Part part in _parts)
        {
            if (await part.Target.FindAsync(marker, cancellationToken).ConfigureAwait(false) is RememberedItem found)
            {
                return found;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken) =>
        new(new PreparedItem(folder, item, provenance));

    /// <inheritdoc/>
    public async Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken)
    {
        if (prepared is null)
        {
            throw new ArgumentNullException(nameof(prepared));
        }

        IReadOnlyList<RememberedItem> versions = await FindAsync(prepared.Provenance.Key, cancellationToken).ConfigureAwait(false);
        Part part = versions.Count > 0 ? PartOf(versions[0].TargetKey) : PartFor(prepared.Item);
        using PreparedItem inPart = await PrepareAsync(part, prepared, cancellationToken).ConfigureAwait(false);
        WriteResult written = await part.Target.CommitAsync(inPart, cancellationToken).ConfigureAwait(false);
        part.IsEmpty = false;
        return written;
    }

    /// <inheritdoc/>
    public async Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken)
    {
        Part part = PartOf((old ?? throw new ArgumentNullException(nameof(old))).TargetKey);
        using PreparedItem inPart = await PrepareAsync(part, prepared, cancellationToken).ConfigureAwait(false);
        return await part.Target.ReplaceAsync(old, inPart, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken)
    {
        Part part = PartOf((item ?? throw new ArgumentNullException(nameof(item))).TargetKey);
        TargetFolder inPart = await OpenFolderAsync(part, folder, cancellationToken).ConfigureAwait(false);
        return await part.Target.MoveAsync(item, inPart, sourceFolder, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken) =>
        PartOf((item ?? throw new ArgumentNullException(nameof(item))).TargetKey).Target.RemoveAsync(item, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> KeepAsync(RememberedItem copy, CancellationToken cancellationToken) =>
        PartOf((copy ?? throw new ArgumentNullException(nameof(copy))).TargetKey).Target.KeepAsync(copy, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListedCopy> ReadCopiesAsync(string sourceStore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Part part in _parts)
        {
            await foreach (ListedCopy copy in part.Target.ReadCopiesAsync(sourceStore, cancellationToken).ConfigureAwait(false))
            {
                yield return copy;
            }
        }
    }

    /// <inheritdoc/>
    public Task<UndoOutcome> TakeBackAsync(ListedCopy copy, UndoOptions options, CancellationToken cancellationToken)
    {
        ItemKey at = (copy ?? throw new ArgumentNullException(nameof(copy))).TargetKey;
        return Array.Find(_parts, p => p.Target.StoreKey == at.Store) is Part part
            ? part.Target.TakeBackAsync(copy, options, cancellationToken)
            : Task.FromResult(UndoOutcome.Gone);
    }

    /// <summary>Removes a folder from the first file, and from the parts that have it, where nothing is in it there.</summary>
    public async Task<UndoOutcome> RemoveFolderAsync(string key, FolderPath path, CancellationToken cancellationToken)
    {
        UndoOutcome outcome = UndoOutcome.Gone;
        foreach (Part part in Enumerable.Reverse(_parts))
        {
            string? own = part == First ? key : part.Target.FindFolderKey(path);
            UndoOutcome here = own is null ? UndoOutcome.Gone : await part.Target.RemoveFolderAsync(own, path, cancellationToken).ConfigureAwait(false);
            if (here is not (UndoOutcome.Gone or UndoOutcome.Removed))
            {
                return here;
            }

            outcome = here == UndoOutcome.Removed ? here : outcome;
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken)
    {
        // The first comes last: its list names files that have all that was written.
        foreach (Part part in Enumerable.Reverse(_parts))
        {
            if (part == First)
            {
                NoteFiles();
            }

            await part.Target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Part part in _parts)
        {
            part.Target.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void OpenAll(string path, string exportOf)
    {
        bool isMarked = PstSeries.RuleOf(path)?.Rule == _rule;
        _list = _series.NotedFiles;
        IReadOnlyList<(string Suffix, string Path)> parts = _series.FindParts(exportOf);
        Add(path, "");
        foreach ((string suffix, string part) in parts)
        {
            Add(part, suffix);
        }

        if (!isMarked)
        {
            First.Target.StoreProperties.Set(PropertyNames.Split, _rule.ToString());
        }
    }

    private void NoteFiles()
    {
        string list = PstSeries.ListOf(_parts.Where(p => p != First).Select(p => p.Suffix));
        if (list != _list)
        {
            First.Target.StoreProperties.Set(PropertyNames.Parts, list);
            _list = list;
        }
    }

    private Part Add(string path, string suffix)
    {
        Part part = new(PstItemTarget.Open(path, new PstEditOptions { TimeProvider = _create.TimeProvider }), suffix);
        _parts = [.. _parts, part];
        return part;
    }

    private Part PartOf(ItemKey at) => Array.Find(_parts, p => p.Target.StoreKey == at.Store) ?? throw new ArgumentException("An item of this series is needed.", nameof(at));

    /// <summary>Where a new item goes.</summary>
    private Part PartFor(MapiItem item)
    {
        if (_rule.By == PstSplitBy.Year)
        {
            return ItemSummary.Of(item).Time is DateTimeOffset time
                ? Find(TimeZoneInfo.ConvertTime(time, _create.TimeProvider.LocalTimeZone).Year.ToString("D4", CultureInfo.InvariantCulture))
                : First;
        }

        Part last = _parts.Where(p => p.Suffix.Length is 0 or 3).OrderBy(p => p.Suffix, StringComparer.Ordinal).Last();
        return last.IsEmpty || last.Target.Length + SizeOf(item) <= _rule.Size ? last : Find(PstSeries.NextNumber(_parts.Select(p => p.Suffix)));
    }

    private Part Find(string suffix)
    {
        if (Array.Find(_parts, p => p.Suffix == suffix) is Part known)
        {
            return known;
        }

        string path = _series.PathOf(suffix);
        string name = _create.DisplayName ?? System.IO.Path.GetFileNameWithoutExtension(Name);
        using (PstFileBuilder builder = PstFileBuilder.Create(path, _create with { DisplayName = name + " " + suffix }))
        {
            foreach (KeyValuePair<PropertyKey, PropertyValue> mark in _marks)
            {
                builder.StoreProperties[mark.Key] = mark.Value;
            }

            builder.Complete();
        }

        Part made = Add(path, suffix);
        made.IsEmpty = true;
        return made;
    }

    private async Task<PreparedItem> PrepareAsync(Part part, PreparedItem prepared, CancellationToken cancellationToken)
    {
        TargetFolder folder = await OpenFolderAsync(part, prepared.Folder, cancellationToken).ConfigureAwait(false);
        return await part.Target.PrepareAsync(folder, prepared.Item, prepared.Provenance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The folder in a part. Those above it are opened first, each by its role: a part may call them by other names.</summary>
    private async Task<TargetFolder> OpenFolderAsync(Part part, TargetFolder folder, CancellationToken cancellationToken)
    {
        PstSeriesFolder own = folder as PstSeriesFolder ?? throw new ArgumentException("A folder of this target is needed.", nameof(folder));
        if (part == First)
        {
            return own.InFirst;
        }

        if (!part.Folders.TryGetValue(own.Path, out TargetFolder? opened))
        {
            PstSeriesFolder? above;
            lock (_gate)
            {
                above = own.Path.Names.Count > 0 && _folders.TryGetValue(own.Path.Parent, out PstSeriesFolder? known) ? known : null;
            }

            if (above is not null)
            {
                await OpenFolderAsync(part, above, cancellationToken).ConfigureAwait(false);
            }

            opened = await part.Target.OpenFolderAsync(own.Path, own.Role, own.ContainerClass, cancellationToken).ConfigureAwait(false);
            part.Folders.Add(own.Path, opened);
        }

        return opened;
    }

    // Before it is written: what an item takes is mostly its text and its attachments.
    private static long SizeOf(MapiItem item) => new[] { item.Properties }.Concat(item.Attachments.Select(a => a.Properties)).SelectMany(b => b).Sum(
        p => p.Value.Source is BinarySource source ? source.Length ?? 0 : (p.Value.AsString()?.Length * sizeof(char)) ?? p.Value.AsBinary()?.Length ?? 0);

    /// <summary>A file of the series.</summary>
    private sealed class Part(PstItemTarget target, string suffix)
    {
        public PstItemTarget Target { get; } = target;

        public string Suffix { get; } = suffix;

        /// <summary>Whether it was just made: however large an item is, it goes into some part.</summary>
        public bool IsEmpty { get; set; }

        public Dictionary<FolderPath, TargetFolder> Folders { get; } = [];
    }

    private sealed record PstSeriesFolder(TargetFolder InFirst, FolderRole Role, string ContainerClass) : TargetFolder(InFirst)
    {
        public override string? Key => InFirst.Key;
    }
}
