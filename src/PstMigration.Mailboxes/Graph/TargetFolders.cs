using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Finds the folder for each source folder, making it where missing. Roles go to the mailbox's own folder whatever its language;
/// what is below a folder of a role follows it. Folder ids are not immutable, so nothing of this outlives the run. For several threads.
/// </summary>
internal sealed class TargetFolders(GraphClient client) : IDisposable
{
    private const int LongestName = 255;
    private const int MostSuffixes = 9;
    private const int MostTries = 5;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly BackOff _afterLoss = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    private readonly Dictionary<(GraphFolderKind, FolderPath), GraphTargetFolder> _opened = [];
    private readonly HashSet<(GraphFolderKind, FolderPath)> _ofRoles = [];
    private readonly Dictionary<(GraphFolderKind, string), Dictionary<string, (string Id, string Name)>> _children = [];
    private readonly Dictionary<GraphFolderKind, IReadOnlyDictionary<FolderPath, string>> _listed = [];

    /// <summary>A folder for items of a kind: the folder itself, or one beside it where the source keeps them in a folder of another kind. That is made when the first comes along.</summary>
    public Task<GraphTargetFolder> OpenForAsync(GraphTargetFolder folder, GraphFolderKind kind, CancellationToken cancellationToken) => folder.Kind == kind
        ? Task.FromResult(folder)
        : OpenAsync(folder.Source, FolderRole.None, GraphFolder.ClassOf(kind), cancellationToken);

    /// <summary>The same for the folder of a path; null where it would have to be made.</summary>
    public Task<GraphTargetFolder?> FindForAsync(FolderPath source, GraphFolderKind kind, CancellationToken cancellationToken) =>
        FindAsync(source, FolderRole.None, GraphFolder.ClassOf(kind), cancellationToken);

    /// <summary>The folder for a source folder.</summary>
    public async Task<GraphTargetFolder> OpenAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken) =>
        (await OpenAsync(path, role, containerClass, makes: true, cancellationToken).ConfigureAwait(false))!;

    /// <summary>The folder for a source folder; null where it would have to be made.</summary>
    public Task<GraphTargetFolder?> FindAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken) =>
        OpenAsync(path, role, containerClass, makes: false, cancellationToken);

    private async Task<GraphTargetFolder?> OpenAsync(FolderPath path, FolderRole role, string containerClass, bool makes, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await OpenAloneAsync(path, role, containerClass, makes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    private async Task<GraphTargetFolder?> OpenAloneAsync(FolderPath path, FolderRole role, string containerClass, bool makes, CancellationToken cancellationToken)
    {
        if (GraphFolder.KindOf(role, containerClass) is not GraphFolderKind kind
            || (kind != GraphFolderKind.Mail && !await client.Folders.IsOpenAsync(kind, cancellationToken).ConfigureAwait(false)))
        {
            return new GraphTargetFolder(path, path, null, null, containerClass);
        }

        if (_opened.TryGetValue((kind, path), out GraphTargetFolder? known))
        {
            return known;
        }

        GraphTargetFolder? folder = await OpenRoleAsync(path, path.Names.Count == 0 ? GraphFolders.RoleOf(kind) : role, kind, containerClass, cancellationToken).ConfigureAwait(false);
        if (folder is not null)
        {
            _ofRoles.Add((kind, path));
        }

        folder ??= await OpenPathAsync(path, kind, containerClass, makes, cancellationToken).ConfigureAwait(false);
        if (folder is not null)
        {
            _opened[(kind, path)] = folder;
        }

        return folder;
    }

    private async Task<GraphTargetFolder?> OpenRoleAsync(
        FolderPath path, FolderRole role, GraphFolderKind kind, string containerClass, CancellationToken cancellationToken)
    {
        bool fits = kind == GraphFolderKind.Mail ? WellKnownFolders.Mail.ContainsKey(role) : role == GraphFolders.RoleOf(kind);
        if (!fits || await client.Folders.FindRoleAsync(role, cancellationToken).ConfigureAwait(false) is not (string id, string name))
        {
            return null;
        }

        FolderPath actual = role == FolderRole.Root ? FolderPath.Root : FolderPath.Root.Append(name);
        return new GraphTargetFolder(path, actual, id, kind, containerClass);
    }

    private async Task<GraphTargetFolder?> OpenPathAsync(FolderPath path, GraphFolderKind kind, string containerClass, bool makes, CancellationToken cancellationToken)
    {
        // The nearest folder above that is known, which may be one of a role with another name. Calendars and task lists have none above them.
        bool isFlat = kind is GraphFolderKind.Calendar or GraphFolderKind.Tasks;
        FolderPath above = path.Parent;
        while (above.Names.Count > 0 && !(isFlat ? _ofRoles.Contains((kind, above)) : _opened.ContainsKey((kind, above))))
        {
            above = above.Parent;
        }

        IReadOnlyList<string> below = [.. path.Names.Skip(above.Names.Count)];
        if (kind != GraphFolderKind.Mail)
        {
            // Contact folders hang on contact folders only; the names of mail folders above become part of the name.
            below = [string.Join(" - ", below)];
        }

        GraphTargetFolder folder = above.Names.Count > 0 && !isFlat
            ? _opened[(kind, above)]
            : new GraphTargetFolder(FolderPath.Root, FolderPath.Root, kind == GraphFolderKind.Mail ? WellKnownFolders.Root : "", kind, containerClass);
        FolderPath source = above;
        foreach (string name in below)
        {
            source = kind == GraphFolderKind.Mail ? source.Append(name) : path;
            if (await FindOrMakeAsync(kind, folder.Id!, folder.Path, name, makes, cancellationToken).ConfigureAwait(false) is not Child child)
            {
                return null;
            }

            folder = new GraphTargetFolder(source, folder.Path.Append(child.Name), child.Id, kind, containerClass)
            {
                IsMade = child.IsMade,
                InsteadOf = child.HasNumber ? folder.Path.Append(name) : null,
            };
            _opened[(kind, source)] = folder;
        }

        return folder;
    }

    private async Task<Child?> FindOrMakeAsync(
        GraphFolderKind kind, string parentId, FolderPath parent, string name, bool makes, CancellationToken cancellationToken)
    {
        string clean = GraphText.Shorten(GraphText.Clean(name).Trim(), LongestName - 4).Trim();
        clean = clean.Length > 0 ? clean : "-";
        // A name may be taken by a folder that is not listed: a calendar, or a hidden one, where nobody would see the mail.
        for (int suffix = 1; suffix <= MostSuffixes; suffix++)
        {
            string candidate = suffix == 1 ? clean : $"{clean} ({suffix})";
            Dictionary<string, (string Id, string Name)> children = await ChildrenAsync(kind, parentId, cancellationToken).ConfigureAwait(false);
            if (children.TryGetValue(candidate, out (string Id, string Name) found))
            {
                return new Child(found.Id, found.Name, IsMade: false, HasNumber: suffix > 1);
            }

            if (suffix == 1 && await FindListedAsync(kind, children, parent.Append(clean), cancellationToken).ConfigureAwait(false) is (string listed, string called))
            {
                return new Child(listed, called, IsMade: false, HasNumber: false);
            }

            if (makes && await MakeAsync(kind, parentId, candidate, hasNumber: suffix > 1, cancellationToken).ConfigureAwait(false) is Child made)
            {
                return made;
            }
        }

        return !makes ? null : throw new MailboxException(MailboxErrorIds.FolderNotMade, MailboxException.Format(Strings.TooManyFolderNames, name, parent));
    }

    /// <summary>Makes a folder; null where its name is taken by one that is not listed.</summary>
    /// <exception cref="AmbiguousResponseException">Every answer was lost, and no list showed the folder.</exception>
    private async Task<Child?> MakeAsync(GraphFolderKind kind, string parentId, string name, bool hasNumber, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            AmbiguousResponseException? lost = null;
            try
            {
                if (await PostAsync(kind, parentId, name, cancellationToken).ConfigureAwait(false) is string id)
                {
                    (await ChildrenAsync(kind, parentId, cancellationToken).ConfigureAwait(false))[name] = (id, name);
                    return new Child(id, name, IsMade: true, hasNumber);
                }
            }
            catch (AmbiguousResponseException e)
            {
                // Lists may be behind what was made, and To Do takes a name twice.
                lost = e;
                await client.Clock.Delay(_afterLoss.After(tries), cancellationToken).ConfigureAwait(false);
            }

            // Somebody made it just now, or the answer was lost: the list tells. Where the question was lost too, the name is free, and asked for again.
            _children.Remove((kind, parentId));
            Dictionary<string, (string Id, string Name)> children = await ChildrenAsync(kind, parentId, cancellationToken).ConfigureAwait(false);
            if (children.TryGetValue(name, out (string Id, string Name) found))
            {
                return new Child(found.Id, found.Name, IsMade: lost is not null, hasNumber);
            }

            if (lost is null)
            {
                return null;
            }

            if (tries == MostTries)
            {
                throw lost;
            }
        }
    }

    /// <summary>A folder that is called otherwise where the mailbox is listed, because a folder of another kind has its name: "name (2)". Null for all others.</summary>
    private async Task<(string Id, string Name)?> FindListedAsync(
        GraphFolderKind kind, Dictionary<string, (string Id, string Name)> children, FolderPath path, CancellationToken cancellationToken)
    {
        if (path.WithoutNumber() is not FolderPath plain || !children.TryGetValue(plain.Name, out (string Id, string Name) found))
        {
            return null;
        }

        if (!_listed.TryGetValue(kind, out IReadOnlyDictionary<FolderPath, string>? listed))
        {
            _listed[kind] = listed = await client.Folders.ListPathsAsync(kind, cancellationToken).ConfigureAwait(false);
        }

        return listed.TryGetValue(path, out string? id) && id == found.Id ? found : null;
    }

    /// <summary>Asks for a folder; null where the name is taken.</summary>
    private async Task<string?> PostAsync(GraphFolderKind kind, string parentId, string name, CancellationToken cancellationToken)
    {
        try
        {
            if (kind == GraphFolderKind.Mail)
            {
                MailFolder body = new() { DisplayName = name, IsHidden = false };
                return (await GraphErrors.CallAsync(() => client.User.MailFolders[parentId].ChildFolders.PostAsync(
                    body, cancellationToken: cancellationToken)).ConfigureAwait(false))?.Id;
            }

            if (kind == GraphFolderKind.Calendar)
            {
                return (await GraphErrors.CallAsync(() => client.User.Calendars.PostAsync(
                    new Calendar { Name = name }, cancellationToken: cancellationToken)).ConfigureAwait(false))?.Id;
            }

            if (kind == GraphFolderKind.Tasks)
            {
                return (await GraphErrors.CallAsync(() => client.User.Todo.Lists.PostAsync(
                    new TodoTaskList { DisplayName = name }, cancellationToken: cancellationToken)).ConfigureAwait(false))?.Id;
            }

            ContactFolder contacts = new() { DisplayName = name };
            return (await GraphErrors.CallAsync(() => parentId.Length == 0
                ? client.User.ContactFolders.PostAsync(contacts, cancellationToken: cancellationToken)
                : client.User.ContactFolders[parentId].ChildFolders.PostAsync(contacts, cancellationToken: cancellationToken)).ConfigureAwait(false))?.Id;
        }
        catch (GraphRequestException e) when (e.Status == 409)
        {
            return null;
        }
    }

    private async Task<Dictionary<string, (string Id, string Name)>> ChildrenAsync(GraphFolderKind kind, string parentId, CancellationToken cancellationToken)
    {
        if (_children.TryGetValue((kind, parentId), out Dictionary<string, (string Id, string Name)>? known))
        {
            return known;
        }

        Dictionary<string, (string Id, string Name)> children = new(StringComparer.OrdinalIgnoreCase);
        if (kind == GraphFolderKind.Mail)
        {
            await foreach (MailFolder folder in client.Folders.ReadMailChildrenAsync(parentId, withSizes: false, withHidden: false, cancellationToken).ConfigureAwait(false))
            {
                if (folder is not MailSearchFolder)
                {
                    Add(children, folder.Id, folder.DisplayName);
                }
            }
        }
        else if (kind is GraphFolderKind.Calendar or GraphFolderKind.Tasks)
        {
            IReadOnlyList<GraphFolder> folders = await (kind == GraphFolderKind.Calendar
                ? client.Folders.ListCalendarsAsync(cancellationToken)
                : client.Folders.ListTaskListsAsync(cancellationToken)).ConfigureAwait(false);
            foreach (GraphFolder folder in folders)
            {
                Add(children, folder.Id, folder.Path.Name);
            }
        }
        else
        {
            IAsyncEnumerable<ContactFolder> folders = parentId.Length == 0
                ? client.Folders.ReadContactFoldersAsync(cancellationToken)
                : client.Folders.ReadContactChildrenAsync(parentId, cancellationToken);
            await foreach (ContactFolder folder in folders.ConfigureAwait(false))
            {
                Add(children, folder.Id, folder.DisplayName);
            }
        }

        return _children[(kind, parentId)] = children;
    }

    private static void Add(Dictionary<string, (string Id, string Name)> children, string? id, string? name)
    {
        if (id is not null && name is not null && !children.ContainsKey(name))
        {
            children.Add(name, (id, name));
        }
    }

    /// <summary>A folder in another one.</summary>
    /// <param name="Id">The service's id.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="IsMade">Whether it was made just now.</param>
    /// <param name="HasNumber">Whether it has a number because its name was taken.</param>
    private sealed record Child(string Id, string Name, bool IsMade, bool HasNumber);
}
