using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A Maildir, and the folders in it as Maildir++ lays them out, as a source of items. An item's key is the lasting part of its file's name: flags
/// and moves do not change it.
/// </summary>
public sealed class MaildirSource : IItemSource
{
    private readonly PassedOver _passed = new(Strings.ReadAsMaildir);
    private readonly MaildirTree _tree;
    private readonly ItemSourceOptions _options;

    // Somebody may have copied files from folder to folder by hand, names and all: both are items.
    private readonly Dictionary<string, string> _folderOf = new(StringComparer.Ordinal);

    private MaildirSource(MaildirTree tree, ItemSourceOptions options)
    {
        _tree = tree;
        _options = options;
        StoreKey = TreeFiles.StoreKey("maildir", tree.Root);
        _passed.Set(tree.Root, others: tree.OtherDirectories);
    }

    /// <inheritdoc/>
    public string Name => _tree.Root;

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public SourceTraits Traits { get; } = new();

    /// <inheritdoc/>
    public SourceReport Report => _passed.Report;

    /// <summary>Whether a directory is a Maildir: it has <c>cur</c> and <c>new</c>.</summary>
    public static bool IsMaildir(string path) =>
        Directory.Exists(LongPath.Of(Path.Combine(path, "cur"))) && Directory.Exists(LongPath.Of(Path.Combine(path, "new")));

    /// <summary>Opens a Maildir.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MaildirSource Open(string path, ItemSourceOptions? options = null) => new(MaildirTree.Open(path), options ?? new ItemSourceOptions());

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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private IEnumerable<SourceFolder> ReadFolders()
    {
        foreach (MaildirFolder folder in _tree.Folders)
        {
            ItemKey key = new(StoreKey, folder.Directory == _tree.Root ? "" : Path.GetFileName(folder.Directory));
            yield return new SourceFolder(key, folder.Path, folder.Role, folder.ContainerClass, Count(folder));
        }
    }

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
        foreach ((string directory, List<FileInfo> files) in List(folder))
        {
            foreach (FileInfo file in files)
            {
                MaildirName name = MaildirName.Parse(file.Name);
                IReadOnlyList<string> own = keywords.Of(name);
                MailState state = name.State with { IsForwarded = name.State.IsForwarded || MailKeywords.IsForwarded(own) };
                string path = Path.Combine(directory, file.Name);
                ItemKey key = new(StoreKey, IdOf(folder, name.Unique));
                yield return new TreeMessage(key, path, () => (FileSource.Of(path), state), () => TreeFiles.VersionOf(file), TreeFiles.SizeOf(file))
                {
                    Keywords = own,
                    SourceOptions = _options,
                    StoredTime = () => name.Time ?? TreeFiles.TimeOf(file),
                };
            }
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

    private List<(string Directory, List<FileInfo> Files)> List(MaildirFolder folder)
    {
        List<(string, List<FileInfo>)> parts = [];
        foreach (string directory in folder.Parts)
        {
            DirectoryContent content = TreeFiles.List(directory);
            parts.Add((directory, [.. content.Files.Where(f => f.Name[0] != '.')]));
            _passed.Set(directory, links: content.Links);
        }

        return parts;
    }
}
