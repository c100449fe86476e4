using System.Collections.Concurrent;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A directory of .eml files, or of Apple Mail's .emlx files, and the directories in it, as a source of items; or one such file. An item's key is its path in
/// the tree. Files that do not say whether they were read count as read.
/// </summary>
public sealed class EmlTreeSource : IItemSource, IMovableItems
{
    /// <summary>The state of a message that says nothing of it.</summary>
    internal static readonly MailState Unknown = new(IsRead: true, false, false, false, false, false);

    private readonly PassedOver _passed;
    private readonly MailClaims? _claims;
    private readonly EmlLayout? _layout;
    private readonly ThunderbirdTags _tags;
    private readonly string _root;
    private readonly ItemSourceOptions _options;

    private readonly Lazy<ILookup<string, string>> _directories;

    // The ids of the files in directories that were asked for; null of those that cannot be listed.
    private readonly ConcurrentDictionary<string, HashSet<string>?> _ids = new(StringComparer.Ordinal);

    private EmlTreeSource(string root, EmlLayout? layout, MailClaims? claims, PassedOver passed, ItemSourceOptions options)
    {
        _root = root;
        _claims = claims;
        _passed = passed;
        _options = options;
        _layout = layout;
        _tags = ThunderbirdTags.Above(root);
        _passed.Format = layout?.HasBundles ?? EmlxFile.Is(root) ? "Eml (Apple Mail)" : "Eml";
        StoreKey = TreeFiles.StoreKey("eml", root);
        _directories = new(() => (layout?.Folders ?? []).SelectMany(f => f.Directories).ToLookup(d => IdOf(root, d, "").TrimEnd('/'), StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public string Name => _root;

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => _passed.Report;

    /// <summary>Opens a directory or a file.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static EmlTreeSource Open(string path, ItemSourceOptions? options = null)
    {
        string full = Path.GetFullPath(path);
        EmlLayout? layout = File.Exists(LongPath.Of(full)) ? null : EmlLayout.Find(full.TrimEnd(Path.DirectorySeparatorChar));
        return new EmlTreeSource(full, layout, null, new PassedOver(), options ?? new ItemSourceOptions());
    }

    /// <summary>Opens the messages in a directory that holds other mail too.</summary>
    internal static EmlTreeSource Open(string root, EmlLayout layout, MailClaims claims, PassedOver passed, ItemSourceOptions options) =>
        new(root, layout, claims, passed, options);

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

        return new SynchronousSequence<SourceItem>(ReadItems(folder), cancellationToken);
    }

    /// <inheritdoc/>
    public bool IsGone(ItemKey key)
    {
        if (_layout is null || !string.Equals(key.Store, StoreKey, StringComparison.Ordinal))
        {
            return false;
        }

        // A directory that is gone is looked for in the one above it: where that cannot be listed, nothing is known of it.
        for (string above = key.Id; above.Length > 0;)
        {
            above = above.Substring(0, Math.Max(above.LastIndexOf('/'), 0));
            if (_directories.Value.Contains(above))
            {
                return _directories.Value[above].All(d => _ids.GetOrAdd(d, ListIds)?.Contains(key.Id) == false);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    /// <summary>The id of a file: its path below the root, with <c>/</c> and composed accents, whatever the file system.</summary>
    internal static string IdOf(string root, string directory, string name)
    {
        string path = Path.Combine(directory, name);
        string relative = path.Length > root.Length ? path.Substring(root.Length) : name;
        string id = relative.Trim(Path.DirectorySeparatorChar).Replace(Path.DirectorySeparatorChar, '/');
        try
        {
            return id.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return id;
        }
    }

    /// <summary>Reads one file.</summary>
    internal static MapiItem Read(string path) => TreeMessage.Read(FileSource.Of(path), StateOf(path), new MimeImportOptions());

    private static MailState StateOf(string path) => MessageHead.Read(path).StateOr(Unknown);

    private IEnumerable<SourceFolder> ReadFolders()
    {
        if (_layout is null)
        {
            yield return new SourceFolder(new ItemKey(StoreKey, ""), FolderPath.Root, FolderRole.Root, FolderClasses.Mail, 1);
            yield break;
        }

        foreach (EmlFolder folder in _layout.Folders)
        {
            string id = folder.Directories.Count == 0 ? "" : IdOf(_root, folder.Directories[0], "").TrimEnd('/');
            yield return new SourceFolder(new ItemKey(StoreKey, id), folder.Path, folder.Role, folder.ContainerClass, folder.Directories.Sum(Count));
        }
    }

    private int Count(string directory)
    {
        try
        {
            return List(directory).Files.Count;
        }
        catch (MailDataException)
        {
            // Whoever reads the folder is told.
            return 0;
        }
    }

    private IEnumerable<SourceItem> ReadItems(SourceFolder folder)
    {
        if (_layout is null)
        {
            yield return Item(new FileInfo(LongPath.Of(_root)), Path.GetDirectoryName(_root) ?? _root, folder);
            yield break;
        }

        foreach (string directory in _layout.Folders.First(f => f.Path.Equals(folder.Path)).Directories)
        {
            (List<FileInfo> files, LeftOut left) = List(directory);
            int deleted = 0;
            foreach (FileInfo file in files)
            {
                EmlxFile? apple = EmlxFile.Is(file.Name) ? Look(Path.Combine(directory, file.Name)) : null;
                if (apple?.State is { IsDeleted: true })
                {
                    _passed.Set(directory, left with { Deleted = ++deleted });
                    continue;
                }

                yield return Item(file, directory, folder, apple);
            }
        }
    }

    private HashSet<string>? ListIds(string directory)
    {
        try
        {
            return new(TreeFiles.Files(directory).Select(f => IdOf(_root, directory, f)), StringComparer.Ordinal);
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    private static EmlxFile? Look(string path)
    {
        try
        {
            return EmlxFile.Open(path);
        }
        catch (MailDataException)
        {
            // Whoever opens it is told.
            return null;
        }
    }

    private TreeMessage Item(FileInfo file, string directory, SourceFolder folder, EmlxFile? apple = null)
    {
        string path = Path.Combine(directory, file.Name);
        string id = _layout is null ? file.Name : IdOf(_root, directory, file.Name);
        bool isApple = EmlxFile.Is(path);
        return new TreeMessage(new ItemKey(StoreKey, id), path, () => Open(file, path, isApple ? apple ?? EmlxFile.Open(path) : null), () => TreeFiles.VersionOf(file), TreeFiles.SizeOf(file))
        {
            SourceOptions = _options,
            Tags = _tags,
            IsInDrafts = folder.Role == FolderRole.Drafts,
            Complete = isApple ? item => EmlxFile.AddAttachments(path, item) : null,
        };
    }

    private static StoredMail Open(FileInfo file, string path, EmlxFile? apple)
    {
        if (apple is not null)
        {
            return new StoredMail(apple.Message, apple.State ?? Unknown, apple.Received ?? TreeFiles.TimeOf(file));
        }

        MessageHead head = MessageHead.Read(path);
        return new StoredMail(FileSource.Of(path), head.StateOr(Unknown), head.Envelope ?? TreeFiles.TimeOf(file));
    }

    private (List<FileInfo> Files, LeftOut Left) List(string directory)
    {
        DirectoryContent content = TreeFiles.List(directory);
        LeftOut left = LeftOut.Of(content, _claims is null ? EmlLayout.IsMessage : n => _claims.IsTaken(directory, n));
        _passed.Set(directory, left);
        return ([.. content.Files.Where(f => EmlLayout.IsMessage(f.Name))], left);
    }
}
