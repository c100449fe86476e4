using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir, and the folders in it as Maildir++ lays them out, as a source of items. An item's key is the lasting part of its file's name: flags
/// and moves do not change it.
/// </summary>
public sealed class MaildirSource : IItemSource
{
    private readonly MaildirTree _tree;

    // Somebody may have copied files from folder to folder by hand, names and all: both are items.
    private readonly Dictionary<string, string> _folderOf = new(StringComparer.Ordinal);

    private MaildirSource(MaildirTree tree)
    {
        _tree = tree;
        StoreKey = TreeFiles.StoreKey("maildir", tree.Root);
    }

    /// <inheritdoc/>
    public string Name => _tree.Root;

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <summary>Whether a directory is a Maildir: it has <c>cur</c> and <c>new</c>.</summary>
    public static bool IsMaildir(string path) =>
        Directory.Exists(LongPath.Of(Path.Combine(path, "cur"))) && Directory.Exists(LongPath.Of(Path.Combine(path, "new")));

    /// <summary>Opens a Maildir.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MaildirSource Open(string path) => new(MaildirTree.Open(path, create: false));

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

        MaildirFolder chosen = _tree.Folders.First(f => f.Path.Equals(folder.Path));
        return new SynchronousSequence<SourceItem>(ReadItems(chosen), cancellationToken);
    }

    private IEnumerable<SourceFolder> ReadFolders()
    {
        foreach (MaildirFolder folder in _tree.Folders)
        {
            ItemKey key = new(StoreKey, folder.Directory == _tree.Root ? "" : Path.GetFileName(folder.Directory));
            yield return new SourceFolder(key, folder.Path, folder.Role, folder.ContainerClass, Messages(folder.Directory).Count());
        }
    }

    private IEnumerable<SourceItem> ReadItems(MaildirFolder folder)
    {
        MaildirKeywords keywords = MaildirKeywords.Read(folder.Directory);
        foreach ((string path, MaildirName name) in Messages(folder.Directory))
        {
            IReadOnlyList<string> own = keywords.Of(name);
            MailState state = name.State with { IsForwarded = name.State.IsForwarded || MailKeywords.IsForwarded(own) };
            yield return new TreeMessage(new ItemKey(StoreKey, IdOf(folder, name.Unique)), () => (FileSource.Of(path), state), own);
        }
    }

    private string IdOf(MaildirFolder folder, string unique)
    {
        if (!_folderOf.TryGetValue(unique, out string? directory))
        {
            _folderOf.Add(unique, directory = folder.Directory);
        }

        return directory == folder.Directory ? unique : Path.GetFileName(folder.Directory) + "/" + unique;
    }

    private static IEnumerable<(string Path, MaildirName Name)> Messages(string directory)
    {
        foreach (string part in MaildirFolder.Parts)
        {
            string folder = Path.Combine(directory, part);
            foreach (string file in Directory.Exists(LongPath.Of(folder)) ? TreeFiles.Files(folder) : [])
            {
                if (file[0] != '.')
                {
                    yield return (Path.Combine(folder, file), MaildirName.Parse(file));
                }
            }
        }
    }
}
