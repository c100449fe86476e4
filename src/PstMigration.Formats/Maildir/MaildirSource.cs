using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir, and the folders in it however they are laid out (<see cref="MaildirLayout"/>), as a source of items. An item's key is the lasting part of its
/// file's name: flags and moves do not change it. What Thunderbird has deleted but not yet taken out is passed over.
/// </summary>
public sealed class MaildirSource : IItemSource, IMovableItems
{
    /// <summary>Thunderbird calls files so, and keeps the state in the message.</summary>
    private const string MozillaEnding = ".eml";

    private readonly PassedOver _passed;
    private readonly MaildirLayout _layout;
    private readonly ThunderbirdTags _tags;
    private readonly ItemSourceOptions _options;

    // Somebody may have copied files from folder to folder by hand, names and all: both are items.
    private readonly Dictionary<string, string> _folderOf = new(StringComparer.Ordinal);

    // All names there are, the first time somebody asks; null where a folder cannot be listed.
    private readonly Lazy<HashSet<string>?> _names;

    private MaildirSource(string root, ItemSourceOptions options, PassedOver passed)
    {
        Name = root;
        _passed = passed;
        _options = options;
        _layout = MaildirLayout.Find(root, _passed);
        _tags = ThunderbirdTags.Above(root);
        StoreKey = TreeFiles.StoreKey("maildir", root);
        _names = new Lazy<HashSet<string>?>(ListNames);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => _passed.Report;

    /// <summary>Whether a directory is a Maildir, or directories in it are.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static bool IsMaildir(string path) => Directory.Exists(LongPath.Of(path)) && MaildirLayout.IsAt(path);

    /// <summary>Opens a Maildir.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MaildirSource Open(string path, ItemSourceOptions? options = null) =>
        Open(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar), options ?? new ItemSourceOptions(), new PassedOver());

    /// <summary>Opens the Maildirs in a directory that holds other mail too.</summary>
    internal static MaildirSource Open(string root, ItemSourceOptions options, PassedOver passed) => new(root, options, passed);

    /// <summary>The directories whose files are its own.</summary>
    internal IEnumerable<string> Parts => _layout.Folders.SelectMany(f => f.Parts.Append(Path.Combine(f.Directory, "tmp")));

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) =>
        new SynchronousSequence<SourceFolder>(ReadFolders(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        MaildirFolder chosen = _layout.Folders.First(f => f.Path.Equals(folder.Path));
        return new SynchronousSequence<SourceItem>(ReadItems(chosen), cancellationToken);
    }

    /// <inheritdoc/>
    public bool IsGone(ItemKey key) => string.Equals(key.Store, StoreKey, StringComparison.Ordinal)
        && _names.Value?.Contains(key.Id.Substring(key.Id.LastIndexOf('/') + 1)) == false;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private IEnumerable<SourceFolder> ReadFolders()
    {
        foreach (MaildirFolder folder in _layout.Folders)
        {
            yield return new SourceFolder(new ItemKey(StoreKey, IdOf(folder)), folder.Path, folder.Role, folder.ContainerClass, Count(folder));
        }
    }

    private string IdOf(MaildirFolder folder) => EmlTreeSource.IdOf(Name, folder.Directory, "").TrimEnd('/');

    private int Count(MaildirFolder folder)
    {
        try
        {
            return List(folder).Sum(p => p.Files.Count);
        }
        catch (MailDataException)
        {
            // Whoever reads the folder is told.
            return 0;
        }
    }

    private IEnumerable<SourceItem> ReadItems(MaildirFolder folder)
    {
        MaildirKeywords keywords = MaildirKeywords.Read(folder.Directory);
        ThunderbirdIndex? index = ThunderbirdIndex.OfDirectory(folder.Directory);
        foreach ((string directory, List<FileInfo> files, LeftOut left) in List(folder))
        {
            int deleted = 0;
            foreach (FileInfo file in files)
            {
                MaildirName name = MaildirName.Parse(file.Name);
                string path = Path.Combine(directory, file.Name);
                MailState? noted = IsOfMozilla(name) ? StateIn(path) : null;
                noted = noted is MailState own && index is not null ? index.StateOf(file.Name, own) : noted;
                if (noted is { IsDeleted: true })
                {
                    _passed.Set(directory, left with { Deleted = ++deleted });
                    continue;
                }

                IReadOnlyList<string> words = index?.KeywordsOf(file.Name) is { Count: > 0 } tags ? tags : keywords.Of(name);
                ItemKey key = new(StoreKey, IdOf(folder, name.Unique));
                yield return new TreeMessage(key, path, () => Open(file, path, name, noted, words), () => TreeFiles.VersionOf(file), TreeFiles.SizeOf(file))
                {
                    Keywords = words,
                    SourceOptions = _options,
                    Tags = _tags,
                    IsInDrafts = folder.Role == FolderRole.Drafts,
                };
            }
        }
    }

    private static bool IsOfMozilla(MaildirName name) => !name.HasFlags && name.Unique.EndsWith(MozillaEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the head of a message says of its state; null where it cannot be read, which whoever opens the message is told.</summary>
    private static MailState? StateIn(string path)
    {
        try
        {
            return MessageHead.Read(path).StateOr(EmlTreeSource.Unknown);
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    private static StoredMail Open(FileInfo file, string path, MaildirName name, MailState? noted, IReadOnlyList<string> keywords)
    {
        MailState state = noted ?? name.State with { IsForwarded = name.State.IsForwarded || MailKeywords.IsForwarded(keywords) };
        return new StoredMail(FileSource.Of(path), state, name.Time ?? TreeFiles.TimeOf(file));
    }

    private HashSet<string>? ListNames()
    {
        try
        {
            return new(_layout.Folders.SelectMany(f => f.Parts).SelectMany(TreeFiles.Files).Select(f => MaildirName.Parse(f).Unique), StringComparer.Ordinal);
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    private string IdOf(MaildirFolder folder, string unique)
    {
        if (!_folderOf.TryGetValue(unique, out string? directory))
        {
            _folderOf.Add(unique, directory = folder.Directory);
        }

        return directory == folder.Directory ? unique : IdOf(folder) + "/" + unique;
    }

    private List<(string Directory, List<FileInfo> Files, LeftOut Left)> List(MaildirFolder folder)
    {
        List<(string, List<FileInfo>, LeftOut)> parts = [];
        foreach (string directory in folder.Parts)
        {
            DirectoryContent content = TreeFiles.List(directory);
            LeftOut left = LeftOut.Of(content, IsMessage);
            left = left with { Others = left.Others + content.Directories.Count };
            _passed.Set(directory, left);
            parts.Add((directory, [.. content.Files.Where(f => IsMessage(f.Name))], left));
        }

        string unfinished = Path.Combine(folder.Directory, "tmp");
        if (Directory.Exists(LongPath.Of(unfinished)))
        {
            // What was being delivered; whoever delivers it tries again.
            _passed.Set(unfinished, LeftOut.Of(TreeFiles.List(unfinished), MaildirName.IsUnfinished));
        }

        return parts;
    }

    private static bool IsMessage(string name) => name[0] != '.' && !ProgramFiles.IsSetting(name);
}
