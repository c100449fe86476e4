using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// An mbox file, or a directory of them, as a source of items. Files of any size are read front to back. An item's key is a hash of its bytes,
/// so that it stays the same when a mail program marks it as read or takes others out of the file. What Thunderbird has
/// deleted but not yet taken out is passed over, and what Pine keeps there for itself. Of Google Takeout the messages are in the folders their labels tell.
/// </summary>
public sealed class MboxSource : IItemSource, IMovableItems
{
    private const string Plain = "Mbox";

    private readonly IReadOnlyList<MboxFolder> _folders;
    private readonly PassedOver _passed;
    private readonly ItemSourceOptions _options;
    private readonly ThunderbirdTags _tags;
    private readonly object _gate = new();
    private GmailArchive? _archive;
    private bool _isArchiveKnown;

    private MboxSource(string name, IReadOnlyList<MboxFolder> folders, PassedOver passed, ItemSourceOptions options)
    {
        Name = name;
        _options = options;
        _folders = folders;
        _passed = passed;
        _tags = ThunderbirdTags.Above(name);
        StoreKey = TreeFiles.StoreKey("mbox", name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => _passed.Report;

    /// <summary>Whether a file begins as an mbox does.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static bool IsMbox(string path) => MboxReader.IsMbox(path);

    /// <summary>Opens a file or a directory.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MboxSource Open(string path, ItemSourceOptions? options = null)
    {
        string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        PassedOver passed = new() { Format = Plain };
        bool isFile = File.Exists(LongPath.Of(full));
        IReadOnlyList<MboxFolder> folders = isFile ? [new MboxFolder(FolderPath.Root, null, full, IsSure: true)] : MboxLayout.Find(full, passed);
        return new MboxSource(full, folders, passed, options ?? new ItemSourceOptions());
    }

    /// <summary>Opens the mbox files in a directory that holds other mail too.</summary>
    internal static MboxSource Open(string root, IReadOnlyList<MboxFolder> folders, PassedOver passed, ItemSourceOptions options) => new(root, folders, passed, options);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) =>
        new SynchronousSequence<SourceFolder>(ReadFolders(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        IEnumerable<SourceItem> items = Archive(cancellationToken) is GmailArchive archive ? ReadArchive(archive, folder.Path)
            : _folders.First(f => f.Path.Equals(folder.Path)) is { File.Length: > 0 } file ? ReadItems(file, folder.Role, cancellationToken)
            : [];
        return new SynchronousSequence<SourceItem>(items, cancellationToken);
    }

    /// <summary>Of a file that is gone all messages are. Which ones others hold is not known without reading them.</summary>
    public bool IsGone(ItemKey key) => string.Equals(key.Store, StoreKey, StringComparison.Ordinal) && key.Id.LastIndexOf('/') is int end and > 0
        && !_folders.Any(f => f.File.Length > 0 && (!f.IsSure || f.Path.ToString() == key.Id.Substring(0, end)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private IEnumerable<SourceFolder> ReadFolders(CancellationToken cancellationToken)
    {
        if (Archive(cancellationToken) is GmailArchive archive)
        {
            foreach (GmailFolder folder in archive.Folders)
            {
                yield return new SourceFolder(new ItemKey(StoreKey, folder.Path.ToString()), folder.Path, folder.Role, FolderClasses.Mail, folder.Messages.Count);
            }

            yield break;
        }

        HashSet<FolderRole> given = [FolderRole.None];
        foreach (MboxFolder folder in _folders)
        {
            FolderPath path = folder.Path;
            FolderRole role = path.Names.Count == 0 ? FolderRole.Root : folder.Card?.Role ?? DirectoryTree.ImpliedRole(path);
            role = given.Add(role) ? role : FolderRole.None;
            yield return new SourceFolder(new ItemKey(StoreKey, path.ToString()), path, role, folder.Card?.ContainerClass ?? FolderClasses.Mail, 0);
        }
    }

    /// <summary>Takeout gives one file, which holds all folders; files of single labels are folders themselves.</summary>
    private GmailArchive? Archive(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _archive = _isArchiveKnown ? _archive : OpenArchive(_options.GmailLabels, cancellationToken);
            _isArchiveKnown = true;
            return _archive;
        }
    }

    private GmailArchive? OpenArchive(GmailLabelUse use, CancellationToken cancellationToken)
    {
        List<MboxFolder> files = [.. _folders.Where(f => f.IsSure)];
        if (files.Count != 1 || !GmailArchive.Is(files[0].File, cancellationToken))
        {
            return null;
        }

        _passed.Format = "Mbox (Gmail Takeout)";
        return GmailArchive.Read(files[0].File, use, cancellationToken);
    }

    private IEnumerable<SourceItem> ReadArchive(GmailArchive archive, FolderPath path)
    {
        MboxFolder file = _folders.First(f => f.IsSure);
        GmailFolder folder = archive.Folders.First(f => f.Path.Equals(path));
        foreach ((MboxMessage message, MailState state, IReadOnlyList<string> categories) in folder.Messages)
        {
            yield return Item(file, message, state, categories, [], folder.Role == FolderRole.Drafts);
        }
    }

    private IEnumerable<SourceItem> ReadItems(MboxFolder folder, FolderRole role, CancellationToken cancellationToken)
    {
        LeftOut left = new();
        bool isFirst = true;
        ThunderbirdIndex? index = ThunderbirdIndex.OfFile(folder.File);
        foreach (MboxMessage message in MboxReader.Read(folder.File, cancellationToken))
        {
            string token = message.Start.ToString(CultureInfo.InvariantCulture);
            MailState state = message.Head.StateOr(default);
            state = index?.StateOf(token, state) ?? state;
            bool isDeleted = state.IsDeleted && message.Head.IsMozilla;
            bool isInternal = isFirst && message.Head.IsInternal;
            if (isFirst && message.Head.IsMozilla && _passed.Format == Plain)
            {
                _passed.Format = "Mbox (Thunderbird)";
            }

            isFirst = false;
            if (isDeleted || isInternal)
            {
                left = left with { Deleted = left.Deleted + (isInternal ? 0 : 1), Internal = left.Internal + (isInternal ? 1 : 0) };
                _passed.Set(folder.File, left);
                continue;
            }

            yield return Item(folder, message, state, message.Head.Labels?.Own ?? [], index?.KeywordsOf(token) ?? [], role == FolderRole.Drafts);
        }
    }

    private TreeMessage Item(MboxFolder folder, MboxMessage message, MailState state, IReadOnlyList<string> categories, IReadOnlyList<string> keywords, bool isInDrafts)
    {
        string file = folder.File;
        string prefix = folder.Path.Names.Count == 0 ? "" : folder.Path + "/";

        // Content cannot change under a key that is made from it.
        ItemVersion version = new(message.Id);
        string place = string.Format(Strings.Culture, Strings.MessageInFile, file, message.Begin);
        return new TreeMessage(
            new ItemKey(StoreKey, prefix + message.Id), place, () => new StoredMail(message.Open(file), state, message.Time), () => version, message.End - message.Begin)
        {
            Categories = categories,
            Keywords = keywords,
            Tags = _tags,
            SourceOptions = _options,
            IsInDrafts = isInDrafts,
        };
    }
}
