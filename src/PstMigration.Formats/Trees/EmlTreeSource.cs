using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A directory of .eml files, and the directories in it, as a source of items; or one .eml file. An item's key is its path in the tree.
/// Files that do not say whether they were read count as read.
/// </summary>
public sealed class EmlTreeSource : IItemSource
{
    private const string Ending = ".eml";

    private static readonly MailState s_unknown = new(IsRead: true, false, false, false, false, false);

    private readonly PassedOver _passed = new(Strings.ReadAsEml);
    private readonly DirectoryTree? _tree;
    private readonly string _root;
    private readonly ItemSourceOptions _options;

    private EmlTreeSource(string root, DirectoryTree? tree, ItemSourceOptions options)
    {
        _root = root;
        _tree = tree;
        _options = options;
        StoreKey = TreeFiles.StoreKey("eml", root);
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
        return new EmlTreeSource(full, File.Exists(LongPath.Of(full)) ? null : DirectoryTree.Open(full), options ?? new ItemSourceOptions());
    }

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

    private static MailState StateOf(string path) => MessageHead.Read(path).State ?? s_unknown;

    private IEnumerable<SourceFolder> ReadFolders()
    {
        if (_tree is null)
        {
            yield return new SourceFolder(new ItemKey(StoreKey, ""), FolderPath.Root, FolderRole.Root, "IPF.Note", 1);
            yield break;
        }

        foreach (DirectoryFolder folder in _tree.Folders)
        {
            ItemKey key = new(StoreKey, IdOf(_root, folder.Directory, "").TrimEnd('/'));
            yield return new SourceFolder(key, folder.Path, folder.Role, folder.ContainerClass, Count(folder.Directory));
        }
    }

    private int Count(string directory)
    {
        try
        {
            return List(directory).Count;
        }
        catch (MailDataException)
        {
            // Whoever reads the folder is told.
            return 0;
        }
    }

    private IEnumerable<SourceItem> ReadItems(SourceFolder folder)
    {
        if (_tree is null)
        {
            yield return Item(new FileInfo(LongPath.Of(_root)), Path.GetDirectoryName(_root) ?? _root);
            yield break;
        }

        string directory = _tree.Folders.First(f => f.Path.Equals(folder.Path)).Directory;
        foreach (FileInfo file in List(directory))
        {
            yield return Item(file, directory);
        }
    }

    private TreeMessage Item(FileInfo file, string directory)
    {
        string path = Path.Combine(directory, file.Name);
        string id = _tree is null ? file.Name : IdOf(_root, directory, file.Name);
        return new TreeMessage(
            new ItemKey(StoreKey, id), path, () => (FileSource.Of(path), StateOf(path)), () => TreeFiles.VersionOf(file), TreeFiles.SizeOf(file))
        {
            SourceOptions = _options,
            StoredTime = () => TreeFiles.TimeOf(file),
        };
    }

    private List<FileInfo> List(string directory)
    {
        DirectoryContent content = TreeFiles.List(directory);
        List<FileInfo> messages = [.. content.Files.Where(f => f.Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))];
        int own = content.Files.Count(f => f.Name.StartsWith(TreeFiles.OwnPrefix, StringComparison.Ordinal));
        _passed.Set(directory, others: content.Files.Count - messages.Count - own, links: content.Links);
        return messages;
    }
}
