using System.Collections.Concurrent;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The folders of a mailbox: lists them with their paths, finds them by role, makes new ones.</summary>
internal sealed class GraphFolders(GraphClient client)
{
    private const int PageSize = 250;
    private const int TaskLists = 100;
    // PidTagMessageSizeExtended of a folder: the bytes in it. The resource itself does not tell.
    private const string SizeProperty = "Long 0x0E08";
    private static readonly GraphFolderKind[] s_others = [GraphFolderKind.Contacts, GraphFolderKind.Calendar, GraphFolderKind.Tasks];
    private readonly ConcurrentDictionary<FolderRole, (string Id, string Name)?> _roles = [];
    private readonly ConcurrentDictionary<GraphFolderKind, bool> _open = [];
    private readonly ConcurrentDictionary<string, SourceNotice> _notices = [];
    private IReadOnlyList<GraphFolder>? _taskLists;

    /// <summary>What was left out so far: hidden folders, what the sign-in may not see, calendars of other people.</summary>
    public IEnumerable<SourceNotice> Notices => _notices.Values;

    /// <summary>All folders, parents before children, the root of the mail folders first; hidden ones among them. Each kind has paths of its own (<see cref="DistinctPaths"/>).</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListAsync(CancellationToken cancellationToken)
    {
        List<GraphFolder> all = await ListMailAsync(withSizes: false, withHidden: true, cancellationToken).ConfigureAwait(false);
        int hidden = all.Count(f => f.IsHidden);
        if (hidden > 0)
        {
            Note(SourceNoticeKind.Hidden, hidden, Strings.HiddenFolders);
        }

        await AddOthersAsync(all, withCounts: true, cancellationToken).ConfigureAwait(false);
        return DistinctPaths.Of(all);
    }

    /// <summary>The ids of folders of a kind by the paths <see cref="ListAsync"/> gives them, which are not all what the service calls them. What is in them is not asked.</summary>
    public async Task<IReadOnlyDictionary<FolderPath, string>> ListPathsAsync(GraphFolderKind kind, CancellationToken cancellationToken)
    {
        List<GraphFolder> all = await ListMailAsync(withSizes: false, withHidden: true, cancellationToken).ConfigureAwait(false);
        await AddOthersAsync(all, withCounts: false, cancellationToken).ConfigureAwait(false);
        return DistinctPaths.Of(all).Where(f => f.Kind == kind).GroupBy(f => f.Path).ToDictionary(g => g.Key, g => g.First().Id);
    }

    /// <summary>Whether the sign-in may use a kind of items. Mail it must; without the others it goes on, and that is noted.</summary>
    public async Task<bool> IsOpenAsync(GraphFolderKind kind, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(kind, out bool known))
        {
            return known;
        }

        try
        {
            await FindRoleAsync(RoleOf(kind), cancellationToken).ConfigureAwait(false);
            return _open[kind] = true;
        }
        catch (MailboxException e) when (e.Error == MailboxErrorIds.MailboxAccessDenied && kind != GraphFolderKind.Mail)
        {
            Note(SourceNoticeKind.PassedOver, 1, MailboxException.Format(Strings.KindRefused, kind));
            return _open[kind] = false;
        }
    }

    /// <summary>The role of the default folder of a kind.</summary>
    public static FolderRole RoleOf(GraphFolderKind kind) => kind switch
    {
        GraphFolderKind.Contacts => FolderRole.Contacts,
        GraphFolderKind.Calendar => FolderRole.Calendar,
        GraphFolderKind.Tasks => FolderRole.Tasks,
        _ => FolderRole.Root,
    };

    /// <summary>The folders people see, with the sizes of mail folders, where the service tells them.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListWithSizesAsync(CancellationToken cancellationToken)
    {
        List<GraphFolder> all;
        try
        {
            all = await ListMailAsync(withSizes: true, withHidden: false, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.Status == 400)
        {
            // Properties of folders are asked for in a way not every service of the kind knows.
            all = await ListMailAsync(withSizes: false, withHidden: false, cancellationToken).ConfigureAwait(false);
        }

        await AddOthersAsync(all, withCounts: true, cancellationToken).ConfigureAwait(false);
        return DistinctPaths.Of(all);
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

            if (role == FolderRole.Calendar)
            {
                Calendar? calendar = await GraphErrors.CallAsync(() => client.User.Calendar.GetAsync(
                    c => c.QueryParameters.Select = ["id", "name"], cancellationToken)).ConfigureAwait(false);
                return _roles[role] = calendar?.Id is string calendarId ? (calendarId, calendar.Name ?? "") : null;
            }

            if (role == FolderRole.Tasks)
            {
                // There is no shorter way; whoever lists them next need not ask again.
                IReadOnlyList<GraphFolder> lists = _taskLists = await ReadTaskListsAsync(cancellationToken).ConfigureAwait(false);
                GraphFolder? tasks = lists.FirstOrDefault(l => l.Role == FolderRole.Tasks);
                return _roles[role] = tasks is null ? null : (tasks.Id, tasks.Path.Name);
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

    /// <summary>The id of the folder a mail folder is in; null where there is no such folder (any more), or the service does not say.</summary>
    public async Task<string?> FindParentAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            MailFolder? folder = await GraphErrors.CallAsync(() => client.User.MailFolders[id].GetAsync(
                c => c.QueryParameters.Select = ["id", "parentFolderId"], cancellationToken)).ConfigureAwait(false);
            return folder?.ParentFolderId is { Length: > 0 } parent ? parent : null;
        }
        catch (Exception e) when (e is GraphRequestException || (e as MailboxException)?.Error == MailboxErrorIds.MailboxAccessDenied)
        {
            // The Recoverable Items may be shut to a sign-in that may read all else.
            return null;
        }
    }

    /// <summary>The mail folders directly in one.</summary>
    /// <param name="parentId">The folder.</param>
    /// <param name="withSizes">Ask for their sizes.</param>
    /// <param name="withHidden">Ask for hidden ones too.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IAsyncEnumerable<MailFolder> ReadMailChildrenAsync(string parentId, bool withSizes, bool withHidden, CancellationToken cancellationToken)
    {
        var children = client.User.MailFolders[parentId].ChildFolders;
        return Paging.ReadAsync<MailFolderCollectionResponse, MailFolder>(
            () => children.GetAsync(
                c =>
                {
                    c.QueryParameters.Top = PageSize;
                    c.QueryParameters.IncludeHiddenFolders = withHidden ? "true" : null;
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

    private async Task<List<GraphFolder>> ListMailAsync(bool withSizes, bool withHidden, CancellationToken cancellationToken)
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

        Queue<(string Id, FolderPath Path, bool IsHidden)> open = new();
        open.Enqueue((WellKnownFolders.Root, FolderPath.Root, false));
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (open.Count > 0)
        {
            (string parent, FolderPath path, bool isHidden) = open.Dequeue();
            await foreach (MailFolder folder in ReadMailChildrenAsync(parent, withSizes, withHidden, cancellationToken).ConfigureAwait(false))
            {
                if (folder is MailSearchFolder || folder.Id is not { Length: > 0 } id || !seen.Add(id))
                {
                    continue;
                }

                FolderPath own = path.Append(folder.DisplayName ?? "");
                FolderRole role = roles.TryGetValue(id, out FolderRole known) ? known : FolderRole.None;
                GraphFolder described = Describe(folder, id, own, role) with { IsHidden = isHidden || folder.IsHidden == true };
                all.Add(described);
                if (folder.ChildFolderCount != 0 || described.IsHidden)
                {
                    open.Enqueue((id, own, described.IsHidden));
                }
            }
        }

        return all;
    }

    /// <summary>The contact folders, parents before children; how much is in them is not asked.</summary>
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

            all.Add(new GraphFolder(id, GraphFolderKind.Contacts, path, role, 0, null, null));
            await foreach (ContactFolder child in ReadContactChildrenAsync(id, cancellationToken).ConfigureAwait(false))
            {
                open.Enqueue((child, path.Append(child.DisplayName ?? ""), FolderRole.None));
            }
        }

        return all;
    }

    /// <summary>The calendars of the mailbox' owner, the default one first; how much is in them is not asked.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListCalendarsAsync(CancellationToken cancellationToken)
    {
        var calendars = client.User.Calendars;
        IAsyncEnumerable<Calendar> list = Paging.ReadAsync<CalendarCollectionResponse, Calendar>(
            () => calendars.GetAsync(c => c.QueryParameters.Top = PageSize, cancellationToken),
            link => calendars.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        string? owner = null;
        long foreign = 0;
        List<GraphFolder> all = [];
        List<Calendar> read = [];
        await foreach (Calendar calendar in list.ConfigureAwait(false))
        {
            read.Add(calendar);
            owner = calendar.IsDefaultCalendar == true ? calendar.Owner?.Address : owner;
        }

        foreach (Calendar calendar in read.Where(c => c.Id is { Length: > 0 }).OrderByDescending(c => c.IsDefaultCalendar == true))
        {
            if (calendar.Owner?.Address is string other && owner is not null && !string.Equals(other, owner, StringComparison.OrdinalIgnoreCase))
            {
                foreign++;
                continue;
            }

            FolderRole role = calendar.IsDefaultCalendar == true ? FolderRole.Calendar : FolderRole.None;
            all.Add(new GraphFolder(calendar.Id!, GraphFolderKind.Calendar, FolderPath.Root.Append(calendar.Name ?? ""), role, 0, null, null));
        }

        if (foreign > 0)
        {
            Note(SourceNoticeKind.PassedOver, foreign, Strings.ForeignCalendars);
        }

        return all;
    }

    /// <summary>The task lists, the default one first. That of flagged mail is none: it shows messages.</summary>
    public async Task<IReadOnlyList<GraphFolder>> ListTaskListsAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _taskLists, null) ?? await ReadTaskListsAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<GraphFolder>> ReadTaskListsAsync(CancellationToken cancellationToken)
    {
        var lists = client.User.Todo.Lists;
        IAsyncEnumerable<TodoTaskList> read = Paging.ReadAsync<TodoTaskListCollectionResponse, TodoTaskList>(
            () => lists.GetAsync(c => c.QueryParameters.Top = TaskLists, cancellationToken),
            link => lists.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        List<GraphFolder> all = [];
        await foreach (TodoTaskList list in read.ConfigureAwait(false))
        {
            if (list.Id is { Length: > 0 } id && list.WellknownListName != WellknownListName.FlaggedEmails && list.IsOwner != false)
            {
                FolderRole role = list.WellknownListName == WellknownListName.DefaultList ? FolderRole.Tasks : FolderRole.None;
                all.Add(new GraphFolder(id, GraphFolderKind.Tasks, FolderPath.Root.Append(list.DisplayName ?? ""), role, 0, null, null));
            }
        }

        return [.. all.OrderByDescending(l => l.Role == FolderRole.Tasks)];
    }

    private async Task AddOthersAsync(List<GraphFolder> all, bool withCounts, CancellationToken cancellationToken)
    {
        foreach (GraphFolderKind kind in s_others)
        {
            if (!await IsOpenAsync(kind, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            IReadOnlyList<GraphFolder> folders = await (kind switch
            {
                GraphFolderKind.Contacts => ListContactFoldersAsync(cancellationToken),
                GraphFolderKind.Calendar => ListCalendarsAsync(cancellationToken),
                _ => ListTaskListsAsync(cancellationToken),
            }).ConfigureAwait(false);
            foreach (GraphFolder folder in folders)
            {
                all.Add(withCounts ? folder with { ItemCount = await FolderCounts.AskAsync(client, folder, cancellationToken).ConfigureAwait(false) } : folder);
            }
        }
    }

    private void Note(SourceNoticeKind kind, long count, string text) => _notices[text] = new SourceNotice(kind, count, text);

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
