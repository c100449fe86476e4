using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// An mbox file, or a directory of them, as a source of items. Files of any size are read front to back. An item's key is a hash of its bytes,
/// so that it stays the same when a mail program marks it as read or takes others out of the file. What Thunderbird has
/// deleted but not yet taken out is passed over.
/// </summary>
public sealed class MboxSource : IItemSource
{
    private readonly IReadOnlyList<MboxFolder> _folders;
    private readonly PassedOver _passed;
    private readonly ItemSourceOptions _options;

    private MboxSource(string name, IReadOnlyList<MboxFolder> folders, PassedOver passed, ItemSourceOptions options)
    {
        Name = name;
        _options = options;
        _folders = folders;
        _passed = passed;
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
        string full = Path.GetFullPath(path);
        PassedOver passed = new(Strings.ReadAsMbox);
        bool isFile = File.Exists(LongPath.Of(full));
        IReadOnlyList<MboxFolder> folders = isFile ? [new MboxFolder(FolderPath.Root, null, full, IsSure: true)] : MboxLayout.Find(full, passed);
        return new MboxSource(full, folders, passed, options ?? new ItemSourceOptions());
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private IEnumerable<SourceFolder> ReadFolders()
    {
        HashSet<FolderRole> given = [FolderRole.None];
        foreach (MboxFolder folder in _folders)
        {
            FolderPath path = folder.Path;
            FolderRole role = path.Names.Count == 0 ? FolderRole.Root : folder.Card?.Role ?? DirectoryTree.ImpliedRole(path);
            role = given.Add(role) ? role : FolderRole.None;
            yield return new SourceFolder(new ItemKey(StoreKey, path.ToString()), path, role, folder.Card?.ContainerClass ?? "IPF.Note", 0);
        }
    }

    private IEnumerable<SourceItem> ReadItems(FolderPath folder, string file)
    {
        string prefix = folder.Names.Count == 0 ? "" : folder + "/";
        int deleted = 0;
        foreach (MboxMessage message in MboxReader.Read(file))
        {
            MailState state = message.Head.State ?? default;
            if (state.IsDeleted && message.Head.IsMozilla)
            {
                _passed.Set(file, deleted: ++deleted);
                continue;
            }

            // Content cannot change under a key that is made from it.
            ItemVersion version = new(message.Id);
            string place = string.Format(Strings.Culture, Strings.MessageInFile, file, message.Begin);
            yield return new TreeMessage(
                new ItemKey(StoreKey, prefix + message.Id), place, () => (message.Open(file), state), () => version, message.End - message.Begin)
            {
                SourceOptions = _options,
                StoredTime = () => message.Time,
            };
        }
    }
}
