using System.Collections.Concurrent;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The folders of a mailbox: lists them with their paths, finds them by role, makes new ones.</summary>
internal sealed class GraphFolders(GraphClient client)
{
    private const int PageSize = 250;
    // PidTagMessageSizeExtended of a folder: the bytes in it. The resource itself does not tell.
    private const string SizeProperty = "Long 0x0E08";
    private readonly ConcurrentDictionary<FolderRole, (string Id, string Name)?> _roles = [];

    /// <summary>The mail and contact folders people see, parents before children, the root of the mail folders first.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListAsync(CancellationToken cancellationToken)
    {
        List<GraphFolder> all = await ListMailAsync(withSizes: false, cancellationToken).ConfigureAwait(false);
        all.AddRange(await ListContactFoldersAsync(cancellationToken).ConfigureAwait(false));
        return all;
    }

    /// <summary>The same with the sizes of mail folders, where the service tells them.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListWithSizesAsync(CancellationToken cancellationToken)
    {
        List<GraphFolder> all;
        try
        {
            all = await ListMailAsync(withSizes: true, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.Status == 400)
        {
            // Properties of folders are asked for in a way not every service of the kind knows.
            all = await ListMailAsync(withSizes: false, cancellationToken).ConfigureAwait(false);
        }

        all.AddRange(await ListContactFoldersAsync(cancellationToken).ConfigureAwait(false));
        return all;
    }

    /// <summary>Id and name of the folder with a role; null where the mailbox has none.</summary>
    public async Task<(string Id, string Name)?> FindRoleAsync(FolderRole role, CancellationToken cancellationToken)
    {
        if (_roles.TryGetValue(role, out (string Id, string Name)? known))
        {
            return known;
        }

        try
        {
            if (role == FolderRole.Contacts)
            {
                ContactFolder? contacts = await GraphErrors.CallAsync(() => client.User.ContactFolders[WellKnownFolders.Contacts].GetAsync(
                    c => c.QueryParameters.Select = ["id", "displayName"], cancellationToken)).ConfigureAwait(false);
                return _roles[role] = contacts?.Id is string id ? (id, contacts.DisplayName ?? "") : null;
            }

            MailFolder? folder = await GraphErrors.CallAsync(() => client.User.MailFolders[WellKnownFolders.Mail[role]].GetAsync(
                c => c.QueryParameters.Select = ["id", "displayName"], cancellationToken)).ConfigureAwait(false);
            return _roles[role] = folder?.Id is string mailId ? (mailId, folder.DisplayName ?? "") : null;
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // An archive exists after its first use only.
            return _roles[role] = null;
        }
    }

    /// <summary>The mail folders directly in one, but for hidden ones.</summary>
    /// <param name="parentId">The folder.</param>
    /// <param name="withSizes">Ask for their sizes.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IAsyncEnumerable<MailFolder> ReadMailChildrenAsync(string parentId, bool withSizes, CancellationToken cancellationToken)
    {
        var children = client.User.MailFolders[parentId].ChildFolders;
        return Paging.ReadAsync<MailFolderCollectionResponse, MailFolder>(
            () => children.GetAsync(
                c =>
                {
                    c.QueryParameters.Top = PageSize;
                    c.QueryParameters.Expand = SizeExpansion(withSizes);
                },
                cancellationToken),
            link => children.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }

    /// <summary>The contact folders directly in one.</summary>
    public IAsyncEnumerable<ContactFolder> ReadContactChildrenAsync(string parentId, CancellationToken cancellationToken)
    {
        var children = client.User.ContactFolders[parentId].ChildFolders;
        return Paging.ReadAsync<ContactFolderCollectionResponse, ContactFolder>(
            () => children.GetAsync(c => c.QueryParameters.Top = PageSize, cancellationToken),
            link => children.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }

    /// <summary>The contact folders beside the default one.</summary>
    public IAsyncEnumerable<ContactFolder> ReadContactFoldersAsync(CancellationToken cancellationToken)
    {
        var folders = client.User.ContactFolders;
        return Paging.ReadAsync<ContactFolderCollectionResponse, ContactFolder>(
            () => folders.GetAsync(c => c.QueryParameters.Top = PageSize, cancellationToken),
            link => folders.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }

    private async Task<List<GraphFolder>> ListMailAsync(bool withSizes, CancellationToken cancellationToken)
    {
        List<GraphFolder> all = [];
        Dictionary<string, FolderRole> roles = new(StringComparer.Ordinal);
        foreach (FolderRole role in WellKnownFolders.Mail.Keys.Where(r => r != FolderRole.Root))
        {
            if (await FindRoleAsync(role, cancellationToken).ConfigureAwait(false) is (string id, _))
            {
                roles[id] = role;
            }
        }

        MailFolder? root = await GraphErrors.CallAsync(() => client.User.MailFolders[WellKnownFolders.Root].GetAsync(
            c => c.QueryParameters.Expand = SizeExpansion(withSizes), cancellationToken)).ConfigureAwait(false);
        if (root?.Id is { Length: > 0 } rootId)
        {
            // Lists of children never name it, but it can hold mail.
            all.Add(Describe(root, rootId, FolderPath.Root, FolderRole.Root));
        }

        Queue<(string Id, FolderPath Path)> open = new();
        open.Enqueue((WellKnownFolders.Root, FolderPath.Root));
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (open.Count > 0)
        {
            (string parent, FolderPath path) = open.Dequeue();
            await foreach (MailFolder folder in ReadMailChildrenAsync(parent, withSizes, cancellationToken).ConfigureAwait(false))
            {
                if (folder is MailSearchFolder || folder.Id is not { Length: > 0 } id || !seen.Add(id))
                {
                    continue;
                }

                FolderPath own = path.Append(folder.DisplayName ?? "");
                FolderRole role = roles.TryGetValue(id, out FolderRole known) ? known : FolderRole.None;
                all.Add(Describe(folder, id, own, role));
                if (folder.ChildFolderCount != 0)
                {
                    open.Enqueue((id, own));
                }
            }
        }

        return all;
    }

    /// <summary>The contact folders, parents before children.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListContactFoldersAsync(CancellationToken cancellationToken)
    {
        List<GraphFolder> all = [];
        Queue<(ContactFolder Folder, FolderPath Path, FolderRole Role)> open = new();
        ContactFolder? main = null;
        try
        {
            main = await GraphErrors.CallAsync(() => client.User.ContactFolders[WellKnownFolders.Contacts].GetAsync(
                cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // A mailbox without contacts has none.
        }

        if (main?.Id is not null)
        {
            open.Enqueue((main, FolderPath.Root.Append(main.DisplayName ?? "Contacts"), FolderRole.Contacts));
        }

        await foreach (ContactFolder folder in ReadContactFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (folder.ParentFolderId is null || folder.ParentFolderId != main?.Id)
            {
                open.Enqueue((folder, FolderPath.Root.Append(folder.DisplayName ?? ""), FolderRole.None));
            }
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        while (open.Count > 0)
        {
            (ContactFolder folder, FolderPath path, FolderRole role) = open.Dequeue();
            if (folder.Id is not { Length: > 0 } id || !seen.Add(id))
            {
                continue;
            }

            int count = await CountContactsAsync(id, cancellationToken).ConfigureAwait(false);
            all.Add(new GraphFolder(id, GraphFolderKind.Contacts, path, role, count, null, null));
            await foreach (ContactFolder child in ReadContactChildrenAsync(id, cancellationToken).ConfigureAwait(false))
            {
                open.Enqueue((child, path.Append(child.DisplayName ?? ""), FolderRole.None));
            }
        }

        return all;
    }

    private async Task<int> CountContactsAsync(string folderId, CancellationToken cancellationToken)
    {
        ContactCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.ContactFolders[folderId].Contacts.GetAsync(
            c =>
            {
                c.QueryParameters.Top = 1;
                c.QueryParameters.Select = ["id"];
                c.QueryParameters.Count = true;
            },
            cancellationToken)).ConfigureAwait(false);
        return (int)Math.Min(int.MaxValue, page?.OdataCount ?? page?.Value?.Count ?? 0);
    }

    private static string[]? SizeExpansion(bool withSizes) =>
        withSizes ? [GraphPropertyId.Expand("singleValueExtendedProperties", SizeProperty)] : null;

    private static GraphFolder Describe(MailFolder folder, string id, FolderPath path, FolderRole role) =>
        new(id, GraphFolderKind.Mail, path, role, folder.TotalItemCount ?? 0, folder.UnreadItemCount ?? 0, Size(folder));

    private static long? Size(MailFolder folder) =>
        folder.SingleValueExtendedProperties?.FirstOrDefault(p => GraphPropertyId.Same(p.Id, SizeProperty))?.Value is string text
        && long.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out long size)
            ? size
            : null;
}
