using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Folders of mail as directories in directories. A <see cref="FolderCard"/> says what a directory's name cannot.</summary>
internal sealed class DirectoryTree
{
    /// <summary>UTF-16 units of a directory's name at most.</summary>
    private const int NameLength = 60;

    private readonly Dictionary<FolderPath, DirectoryFolder> _folders = [];
    private readonly Dictionary<FolderRole, DirectoryFolder> _roles = [];
    private readonly Dictionary<string, UniqueNames> _names = new(StringComparer.Ordinal);

    private DirectoryTree(string root) => Root = root;

    /// <summary>The full path of the tree.</summary>
    public string Root { get; }

    /// <summary>The folders that are there, parents before children, children by name.</summary>
    public IEnumerable<DirectoryFolder> Folders => _folders.Values;

    /// <summary>Reads which folders there are, to copy from them.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static DirectoryTree Open(string root)
    {
        DirectoryTree tree = new(Path.GetFullPath(root));
        tree.Scan(_ => true);
        return tree;
    }

    /// <summary>Reads which folders there are, to copy to them; makes the root where it is missing. Directories of items (<see cref="ItemFileName"/>) are no folders.</summary>
    /// <param name="root">The directory; its parent must exist.</param>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static DirectoryTree OpenOrCreate(string root)
    {
        DirectoryTree tree = new(Path.GetFullPath(root));
        WholeFile.Guard(tree.Root, () => AtomicFile.CreateDirectory(tree.Root));
        tree.Scan(name => !AtomicFile.IsUnfinished(name) && ItemFileName.Parse(name, "") is null);
        return tree;
    }

    /// <summary>Finds the folder of that role or path, making it and its parents where missing.</summary>
    public DirectoryFolder Find(FolderPath path, FolderRole role, string containerClass)
    {
        if (role != FolderRole.None && _roles.TryGetValue(role, out DirectoryFolder? known))
        {
            return known;
        }

        DirectoryFolder folder = _folders[FolderPath.Root];
        for (int i = 0; i < path.Names.Count; i++)
        {
            bool isLast = i == path.Names.Count - 1;
            FolderPath child = folder.Path.Append(path.Names[i]);
            folder = _folders.TryGetValue(child, out DirectoryFolder? found) ? found
                : Create(folder, child, isLast ? role : Free(ImpliedRole(child)), isLast ? containerClass : "");
        }

        return role == FolderRole.None || folder.Role != FolderRole.None ? folder : Name(folder, role);
    }

    /// <summary>The role of a folder without a card: only mail folders right below the root have one, by their name. Calendars and the like have a card.</summary>
    internal static FolderRole ImpliedRole(FolderPath path) =>
        path.Names.Count == 1 && FolderNames.Find(path.Name) is var role && role <= FolderRole.Archive ? role : FolderRole.None;

    /// <summary>A path nobody has: names of folders differ by more than case, those of directories need not.</summary>
    internal static FolderPath Distinct(FolderPath path, Func<FolderPath, bool> isTaken)
    {
        FolderPath free = path;
        for (int i = 2; isTaken(free); i++)
        {
            free = path.WithNumber(i);
        }

        return free;
    }

    private FolderRole Free(FolderRole role) => _roles.ContainsKey(role) ? FolderRole.None : role;

    private DirectoryFolder Create(DirectoryFolder parent, FolderPath path, FolderRole role, string containerClass)
    {
        string shown = path.Name.Length > 0 ? path.Name : Strings.FolderUnnamed;
        string stem = SafeName.Make(shown, LongPath.NameLength(parent.Directory, NameLength, 16), Strings.FolderUnnamed);
        string name = NamesIn(parent.Directory).Take(stem, "");
        string directory = Path.Combine(parent.Directory, name);
        DirectoryFolder folder = new(path, directory, role, containerClass.Length > 0 ? containerClass : FolderClasses.Mail);
        WholeFile.Guard(directory, () =>
        {
            AtomicFile.CreateDirectory(directory);
            FolderCard card = new(shown, role, folder.ContainerClass);
            if (card.IsNeeded(name, ImpliedRole(path)))
            {
                card.Write(directory);
            }
        });
        Add(folder);
        return folder;
    }

    /// <summary>A folder that was made as somebody's parent turns out to have a role.</summary>
    private DirectoryFolder Name(DirectoryFolder folder, FolderRole role)
    {
        if (role == FolderRole.Root)
        {
            return folder;
        }

        DirectoryFolder named = folder with { Role = role };
        WholeFile.Guard(folder.Directory, () => new FolderCard(folder.Path.Name, role, folder.ContainerClass).Write(folder.Directory));
        Add(named);
        return named;
    }

    private void Add(DirectoryFolder folder)
    {
        _folders[folder.Path] = folder;
        if (folder.Role != FolderRole.None && !_roles.ContainsKey(folder.Role))
        {
            _roles.Add(folder.Role, folder);
        }
    }

    private UniqueNames NamesIn(string directory)
    {
        if (!_names.TryGetValue(directory, out UniqueNames? names))
        {
            names = new UniqueNames();
            foreach (string name in TreeFiles.Names(directory))
            {
                names.Add(name);
            }

            if (directory == Root)
            {
                names.Add(HtmlIndex.FileName);
            }

            _names.Add(directory, names);
        }

        return names;
    }

    // To any depth: what was written deeper than it is looked for would be written again. Links are not followed, so that there is an end.
    private void Scan(Func<string, bool> isFolder)
    {
        Add(new DirectoryFolder(FolderPath.Root, Root, FolderRole.Root, FolderClasses.Mail));
        Stack<DirectoryFolder> open = new([_folders[FolderPath.Root]]);
        while (open.Count > 0)
        {
            DirectoryFolder parent = open.Pop();
            List<DirectoryFolder> children = [];
            foreach (string name in Directories(parent))
            {
                string directory = Path.Combine(parent.Directory, name);
                FolderCard? card = FolderCard.Read(directory);
                if (card is null && (ItemFileName.IsOfDocument(name) || name == HtmlIndexFiles.DirectoryName))
                {
                    continue;
                }

                FolderPath path = parent.Path.Append(card?.Name ?? name);

                // Two directories may claim one name: the second is then called what it is called, or, where only case tells them apart, by a number.
                path = _folders.ContainsKey(path) ? Distinct(parent.Path.Append(name), _folders.ContainsKey) : path;
                if (card is not null || isFolder(name))
                {
                    DirectoryFolder folder = new(path, directory, Free(card?.Role ?? ImpliedRole(path)), card?.ContainerClass ?? FolderClasses.Mail);
                    Add(folder);
                    children.Add(folder);
                }
            }

            for (int i = children.Count - 1; i >= 0; i--)
            {
                open.Push(children[i]);
            }
        }
    }

    /// <summary>A directory that cannot be listed stays a folder: whoever reads it says so, and the others are read.</summary>
    private static IReadOnlyList<string> Directories(DirectoryFolder parent)
    {
        try
        {
            return TreeFiles.List(parent.Directory).Directories;
        }
        catch (MailDataException) when (parent.Path.Names.Count > 0)
        {
            return [];
        }
    }
}
