using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The mail folders of a mailbox as they were when it was read, and those that were made while it was. A list of all its messages may also have what lies outside of them, among the Recoverable Items: nobody sees that, the
/// service empties them after some weeks, and so none of it is there. For one reader at a time.
/// </summary>
internal sealed class SeenFolders
{
    // More than a mailbox takes: Exchange Online has a limit of 300.
    private const int MostLevels = 500;

    private readonly GraphFolders _folders;
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outside = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    private SeenFolders(GraphFolders folders) => _folders = folders;

    /// <summary>The id of the deleted items; null where the mailbox has none.</summary>
    public string? DeletedItems { get; private init; }

    /// <summary>Reads the folders below the root people see; one request for each that has others in it.</summary>
    public static async Task<SeenFolders> ReadAsync(GraphFolders folders, CancellationToken cancellationToken)
    {
        SeenFolders seen = new(folders) { DeletedItems = (await folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false))?.Id };
        if (await folders.FindRoleAsync(FolderRole.Root, cancellationToken).ConfigureAwait(false) is not (string root, _))
        {
            return seen;
        }

        seen._all.Add(root);
        Queue<(string Id, bool IsDeleted)> open = new([(root, false)]);
        while (open.Count > 0)
        {
            (string parent, bool isBelowDeleted) = open.Dequeue();
            await foreach (MailFolder folder in folders.ReadMailChildrenAsync(parent, withSizes: false, withHidden: true, cancellationToken).ConfigureAwait(false))
            {
                if (folder is MailSearchFolder || folder.Id is not { Length: > 0 } id || !seen._all.Add(id))
                {
                    continue;
                }

                bool isDeleted = isBelowDeleted || id == seen.DeletedItems;
                if (isDeleted)
                {
                    seen._deleted.Add(id);
                }

                // How many folders a hidden one has is not told.
                if (folder.ChildFolderCount != 0 || folder.IsHidden == true)
                {
                    open.Enqueue((id, isDeleted));
                }
            }
        }

        return seen;
    }

    /// <summary>Whether a folder is one of them. One that is not known was made since, or lies outside; the service is asked in which others it is. A message that does not tell where it lies counts as seen.</summary>
    public async ValueTask<bool> HasAsync(string? folderId, CancellationToken cancellationToken)
    {
        List<string> unknown = [];
        string? at = folderId;
        while (at is not null && !_all.Contains(at) && !_outside.Contains(at) && !unknown.Contains(at) && unknown.Count < MostLevels)
        {
            unknown.Add(at);
            at = await _folders.FindParentAsync(at, cancellationToken).ConfigureAwait(false);
        }

        bool isSeen = folderId is null || (at is not null && _all.Contains(at));
        (isSeen ? _all : _outside).UnionWith(unknown);
        if (IsDeleted(at))
        {
            _deleted.UnionWith(unknown);
        }

        return isSeen;
    }

    /// <summary>Whether a folder is that of the deleted items, or below.</summary>
    public bool IsDeleted(string? folderId) => folderId is not null && _deleted.Contains(folderId);
}
