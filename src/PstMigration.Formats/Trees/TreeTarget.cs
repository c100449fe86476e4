using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A directory for each folder, and in it a file, or a directory, for each item (<see cref="ItemFileName"/>), with the item's time: messages, documents, or what is
/// attached to items.
/// </summary>
public sealed class TreeTarget : ItemFilesTarget
{
    private readonly DirectoryTree _tree;
    private readonly ItemContent _content;
    private readonly HtmlIndex? _index;
    private readonly HashSet<string> _begun = new(StringComparer.OrdinalIgnoreCase);

    private TreeTarget(DirectoryTree tree, ItemContent content, ItemTargetOptions? options)
        : base(tree.Root, content.StorePrefix, options)
    {
        _tree = tree;
        _content = content;
        _index = content.OpenIndex(tree.Root);
    }

    /// <inheritdoc/>
    public override TargetTraits Traits { get; } = new() { KeepsOrder = false, NeedsDigest = false };

    private protected override IReadOnlyList<string> BesideEndings => _content.BesideEndings;

    /// <summary>Opens a tree, making its directory where it is missing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    internal static TreeTarget Open(string path, ItemContent content, ItemTargetOptions? options)
    {
        TreeTarget target = new(DirectoryTree.OpenOrCreate(path), content, options);
        target.Load();
        return target;
    }

    private protected override TargetFolder Find(FolderPath path, FolderRole role, string containerClass) => _tree.Find(path, role, containerClass);

    private protected override PreparedItem Prepare(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        DirectoryFolder target = Own<DirectoryFolder>(folder);
        string name = ItemFileName.Make(
            target.Directory, item.Subject, ItemSummary.StartTimeOf(item) ?? TreeMessage.TimeOf(item), Options.Zone, ItemFileName.IdOf(provenance.Key), _content.Ending);
        string begun = Begin(Path.Combine(target.Directory, name));
        PreparedFiles prepared = new(folder, item, provenance, name) { Key = Key, Cancellation = cancellationToken, OnDisposed = () => End(begun) };
        try
        {
            prepared.Losses = _content.Write(prepared, begun);
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    private protected override void Fit(string path, string was, FilePlace place)
    {
        string now = Stem(place.Name);
        was = was.EndsWith(_content.Ending, StringComparison.OrdinalIgnoreCase) ? Stem(was) : was;
        if (now != was && !_content.IsDirectory)
        {
            _content.Rename(path, was, now);
        }
    }

    private protected override void Placed(PreparedFiles files, FilePlace place)
    {
        if (_index is not null && files.Listing is HtmlIndexEntry entry)
        {
            _index.Add(place.Name, entry);
        }
    }

    private protected override IReadOnlyList<WrittenFile> Complete() =>
        _index?.Write(_tree.Folders, List()) is WrittenFile written ? [.. base.Complete(), written] : base.Complete();

    private protected override IEnumerable<FilePlace> List()
    {
        foreach (DirectoryFolder folder in _tree.Folders)
        {
            DirectoryContent content = Look(folder.Directory);
            foreach (string name in _content.IsDirectory ? content.Directories : content.Files.Select(f => f.Name).Concat(content.Directories.Where(AtomicFile.IsUnfinished)))
            {
                string path = Path.Combine(folder.Directory, name);
                if (AtomicFile.IsUnfinished(name))
                {
                    DiscardOwn(path, name);
                }
                else if (!_content.IsOf(name))
                {
                    continue;
                }
                else if (ItemFileName.Parse(name, _content.Ending) is not (string id, int number))
                {
                    yield return new FilePlace(folder.Path, folder.Directory, name, "", 0);
                }
                else if (_content.IsDirectory || !AtomicFile.DiscardEmpty(path))
                {
                    yield return new FilePlace(folder.Path, folder.Directory, name, Remembered(id, number), number);
                }
            }
        }
    }

    private protected override MessageHead? ReadHead(FilePlace place) => _content.HasHeaders ? MessageHead.Read(place.Path, Keys.Beside(place.Path), onlyProject: true) : null;

    private protected override string? IdOf(ItemKey key) => ItemFileName.IdOf(key);

    private protected override string? IdOf(FilePlace place) => ItemFileName.Parse(place.Name, _content.Ending)?.Id;

    private protected override int NextNumber(IEnumerable<FilePlace> known) => known.Select(p => p.Number).DefaultIfEmpty().Max() + 1;

    private protected override FilePlace PlaceOf(PreparedFiles prepared, FolderPlace folder, int number) =>
        PlaceOf(prepared.Name, ItemFileName.Parse(prepared.Name, "")!.Value.Id, folder, number);

    private protected override FilePlace PlaceOf(FilePlace copy, FolderPlace folder, int number)
    {
        string stem = Stem(copy.Name);
        stem = copy.Number > 1 ? stem.Substring(0, stem.LastIndexOf(" (", StringComparison.Ordinal)) : stem;
        return PlaceOf(stem, IdOf(copy)!, folder, number);
    }

    private protected override FolderPlace PlaceOf(TargetFolder folder) => new(folder.Path, Own<DirectoryFolder>(folder).Directory);

    private protected override string IdInTree(FilePlace place) => EmlTreeSource.IdOf(Name, place.Directory, place.Name);

    private protected override WriteResult Nothing(PreparedFiles prepared) =>
        WriteResult.Skipped(FormatErrorIds.ItemHasNothing, Strings.ItemHasNothing) with { Losses = prepared.Losses, HasNothing = prepared.Item.Attachments.Count == 0 };

    private protected override RememberedItem? FindOwn(ItemKey key)
    {
        FileInfo file = new(LongPath.Of(Path.Combine(Name, key.Id.Replace('/', Path.DirectorySeparatorChar))));
        return _content.HasHeaders && _content.IsOf(file.Name) && file.Exists && TreeFiles.VersionOf(file) is ItemVersion version
            ? RememberedItem.OfOwn(key, version, () => EmlTreeSource.Read(file.FullName), file)
            : null;
    }

    private string Stem(string name) => name.Substring(0, name.Length - _content.Ending.Length);

    private FilePlace PlaceOf(string stem, string id, FolderPlace folder, int number) =>
        new(folder.Folder, folder.Directory, ItemFileName.Number(stem, number, _content.Ending), Remembered(id, number), number);

    // One tree may hold an item in several formats.
    private string Remembered(string id, int number) =>
        id + (number > 1 ? "-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "") + (_content.IsDirectory ? "/" : _content.Ending);

    /// <summary>Names in a directory; none of one that cannot be listed, for whoever writes into it fails soon enough.</summary>
    private DirectoryContent Look(string directory)
    {
        try
        {
            return TreeFiles.List(directory);
        }
        catch (MailDataException) when (directory != Name)
        {
            return new DirectoryContent([], [], 0);
        }
    }

    private void DiscardOwn(string path, string name)
    {
        while (AtomicFile.IsUnfinished(name))
        {
            name = name.Substring(0, name.Length - AtomicFile.Suffix.Length);
        }

        if (BesideEndings.Append(_content.Ending).Any(e => ItemFileName.Parse(name, e) is not null))
        {
            AtomicFile.Discard(path);
        }
    }

    /// <summary>A path for unfinished files that no other thread has.</summary>
    private string Begin(string stem)
    {
        lock (_begun)
        {
            string begun = stem;
            for (int number = 2; !_begun.Add(begun); number++)
            {
                begun = ItemFileName.Number(stem, number, "");
            }

            return begun;
        }
    }

    private void End(string begun)
    {
        lock (_begun)
        {
            _begun.Remove(begun);
        }
    }
}
