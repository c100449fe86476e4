using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Where the folders of a source go, the one rule of copying and comparing. A folder with a role goes to the target's folder of that role, whatever either is called; any other goes
/// below the target of the nearest folder above it that the source names, under its own name. Below a root all names stay and no role counts, but for that of the root itself: it may begin
/// with a default folder of mail, by role or by its name in any language, and is that one, whatever it is called. Where the source keeps kinds apart, a folder whose path one of another kind has in the
/// target gets a number behind its name.
/// </summary>
/// <param name="source">What is known of the source.</param>
/// <param name="root">Everything goes below this folder of the target; null to bring roles to roles.</param>
internal sealed class FolderPlaces(SourceTraits source, FolderPath? root)
{
    private readonly Dictionary<FolderPath, SourceFolder> _folders = [];

    /// <summary>The folders of the root, the outermost first; none where there is no root.</summary>
    public IReadOnlyList<(string Name, FolderRole Role)> Root { get; } =
        [.. (root?.Names ?? []).Select((name, i) => (name, i == 0 ? RoleOf(name) : FolderRole.None))];

    /// <summary>Makes a folder of the source known. All are, before one is asked for.</summary>
    public void Add(SourceFolder folder) => _folders[folder.Path] = folder;

    /// <summary>Where a folder goes.</summary>
    public FolderPlace Of(SourceFolder folder)
    {
        if (folder.Path.Names.Count == 0 || (root is null && folder.Role != FolderRole.None))
        {
            return new FolderPlace(folder, null, folder.Path.Names, root is null ? folder.Role : FolderRole.None);
        }

        for (FolderPath above = folder.Path.Parent; ; above = above.Parent)
        {
            bool isTop = above.Names.Count == 0;
            if (_folders.TryGetValue(above, out SourceFolder? known) || isTop)
            {
                return new FolderPlace(folder, known, [.. folder.Path.Names.Skip(above.Names.Count)], FolderRole.None);
            }
        }
    }

    /// <summary>Whether a folder goes to the target's folder of a role, or below.</summary>
    public bool GoesInto(SourceFolder folder, FolderRole role)
    {
        if (root is not null)
        {
            return Root.Count > 0 && Root[0].Role == role;
        }

        for (SourceFolder? at = folder; at is not null;)
        {
            FolderPlace place = Of(at);
            if (place.Role == role)
            {
                return true;
            }

            at = place.Above;
        }

        return false;
    }

    /// <summary>The places of a folder and of those above it, down from the first whose parent is known already.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isKnown">Whether the target of a folder is known.</param>
    public IEnumerable<FolderPlace> Down(SourceFolder folder, Func<FolderPath, bool> isKnown)
    {
        Stack<FolderPlace> places = new();
        for (SourceFolder? at = folder; at is not null && !isKnown(at.Path); at = places.Peek().Above)
        {
            places.Push(Of(at));
        }

        return places;
    }

    /// <summary>The path to look for in the target.</summary>
    /// <param name="place">The place.</param>
    /// <param name="above">The folder of the target it is below.</param>
    /// <param name="classes">Tells what the target's folders hold; null where it does not keep that.</param>
    public FolderPath PathOf(FolderPlace place, FolderPath above, IFolderClasses? classes)
    {
        FolderPath own = new(above.Names.Concat(place.Names));
        if (!source.KeepsKindsApart || classes is null || place.Names.Count == 0)
        {
            return own;
        }

        // A number may be the name of another folder of the source.
        FolderPath path = own;
        for (int number = 2; classes.FindClass(path, place.Role) is string found && !FolderClasses.AreAlike(found, place.Folder.ContainerClass); number++)
        {
            while (_folders.ContainsKey(place.Folder.Path.WithNumber(number)))
            {
                number++;
            }

            path = own.WithNumber(number);
        }

        return path;
    }

    private static FolderRole RoleOf(string name)
    {
        FolderRole role = name.All(char.IsLetter) && Enum.TryParse(name, ignoreCase: true, out FolderRole named) ? named : FolderNames.Find(name);
        return role is FolderRole.Inbox or FolderRole.Drafts or FolderRole.SentItems or FolderRole.DeletedItems or FolderRole.Outbox or FolderRole.JunkEmail or FolderRole.Archive
            ? role
            : FolderRole.None;
    }
}

/// <summary>Where a folder of a source goes.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Above">The folder of the source below whose target it is; null where it is below the root, or at the top.</param>
/// <param name="Names">Its names below that.</param>
/// <param name="Role">The role by which the target finds it whatever it is called.</param>
internal sealed record FolderPlace(SourceFolder Folder, SourceFolder? Above, IReadOnlyList<string> Names, FolderRole Role);
