using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// An mbox file, or a directory of them, as a source of items. Files of any size are read front to back. An item's key is a hash of its bytes,
/// so that it stays the same when a mail program marks it as read or takes others out of the file. What Thunderbird has
/// deleted but not yet taken out is passed over.
/// </summary>
public sealed class MboxSource : IItemSource
{
    private readonly IReadOnlyList<(FolderPath Path, FolderCard? Card, string File)> _folders;

    private MboxSource(string name, IReadOnlyList<(FolderPath Path, FolderCard? Card, string File)> folders)
    {
        Name = name;
        _folders = folders;
        StoreKey = TreeFiles.StoreKey("mbox", name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <summary>Whether a file begins as an mbox does.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static bool IsMbox(string path) => MboxReader.IsMbox(path);

    /// <summary>Opens a file or a directory.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MboxSource Open(string path)
    {
        string full = Path.GetFullPath(path);
        return new MboxSource(full, File.Exists(LongPath.Of(full)) ? [(FolderPath.Root, null, full)] : MboxLayout.Find(full));
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

        string file = _folders.First(f => f.Path.Equals(folder.Path)).File;
        return new SynchronousSequence<SourceItem>(file.Length == 0 ? [] : ReadItems(folder.Path, file), cancellationToken);
    }

    private IEnumerable<SourceFolder> ReadFolders()
    {
        HashSet<FolderRole> given = [FolderRole.None];
        foreach ((FolderPath path, FolderCard? card, string _) in _folders)
        {
            FolderRole role = path.Names.Count == 0 ? FolderRole.Root : card?.Role ?? (path.Names.Count == 1 ? DirectoryTree.MailRoleOf(path.Name) : FolderRole.None);
            role = given.Add(role) ? role : FolderRole.None;
            yield return new SourceFolder(new ItemKey(StoreKey, path.ToString()), path, role, card?.ContainerClass ?? "IPF.Note", 0);
        }
    }

    private IEnumerable<SourceItem> ReadItems(FolderPath folder, string file)
    {
        string prefix = folder.Names.Count == 0 ? "" : folder + "/";
        foreach (MboxMessage message in MboxReader.Read(file))
        {
            MailState state = message.Head.State ?? default;
            if (!state.IsDeleted || !message.Head.IsMozilla)
            {
                yield return new TreeMessage(new ItemKey(StoreKey, prefix + message.Id), () => (message.Open(file), state));
            }
        }
    }
}
