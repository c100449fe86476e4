using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
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

    private readonly DirectoryTree? _tree;
    private readonly string _root;

    private EmlTreeSource(string root, DirectoryTree? tree)
    {
        _root = root;
        _tree = tree;
        StoreKey = TreeFiles.StoreKey("eml", root);
    }

    /// <inheritdoc/>
    public string Name => _root;

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <summary>Opens a directory or a file.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static EmlTreeSource Open(string path)
    {
        string full = Path.GetFullPath(path);
        return new EmlTreeSource(full, File.Exists(LongPath.Of(full)) ? null : DirectoryTree.Open(full, create: false));
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
            yield return new SourceFolder(key, folder.Path, folder.Role, folder.ContainerClass, Messages(folder.Directory).Count());
        }
    }

    private IEnumerable<SourceItem> ReadItems(SourceFolder folder)
    {
        if (_tree is null)
        {
            yield return Item(Path.GetDirectoryName(_root) ?? _root, Path.GetFileName(_root));
            yield break;
        }

        string directory = _tree.Folders.First(f => f.Path.Equals(folder.Path)).Directory;
        foreach (string name in Messages(directory))
        {
            yield return Item(directory, name);
        }
    }

    private TreeMessage Item(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        string id = _tree is null ? name : IdOf(_root, directory, name);
        return new TreeMessage(new ItemKey(StoreKey, id), () => (FileSource.Of(path), MessageHead.Read(path).State ?? s_unknown));
    }

    private static IEnumerable<string> Messages(string directory) =>
        TreeFiles.Files(directory).Where(n => n.EndsWith(Ending, StringComparison.OrdinalIgnoreCase));
}
