using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Folders as Maildir++ lays them out: the Inbox is the directory itself, every other folder a directory <c>.Name.Subname</c> in it, in modified
/// UTF-7. The folder people see as the root holds no mail there and is the Inbox too.
/// </summary>
internal sealed class MaildirTree
{
    private const string InboxName = "INBOX";
    private const string InboxPrefix = "." + InboxName;

    /// <summary>Characters of a directory's name at most; names of servers are this long too.</summary>
    private const int NameLength = 200;

    private static readonly string[] s_parts = ["cur", "new", "tmp"];

    // As servers call them, so that a server finds its own.
    private static readonly (FolderRole Role, string Name)[] s_roles =
    [
        (FolderRole.Drafts, "Drafts"), (FolderRole.SentItems, "Sent"), (FolderRole.DeletedItems, "Trash"),
        (FolderRole.JunkEmail, "Junk"), (FolderRole.Archive, "Archive"), (FolderRole.Outbox, "Outbox"),
    ];

    private readonly Dictionary<FolderPath, MaildirFolder> _folders = [];
    private readonly UniqueNames _names = new();
    private readonly List<string> _others = [];
    private readonly bool _isNew;
    private MaildirFolder _inbox;

    private MaildirTree(string root, bool create, FolderPath? place = null)
    {
        Root = root;
        _isNew = create && !Directory.Exists(LongPath.Of(Path.Combine(root, s_parts[0])));
        if (create)
        {
            CreateParts(root);
        }

        FolderPath inbox = place ?? FolderPath.Root.Append(FolderCard.Read(root)?.Name ?? InboxName);
        _inbox = new MaildirFolder(inbox, root, place is null ? FolderRole.Inbox : DirectoryTree.ImpliedRole(inbox), FolderClasses.Mail);
        _folders.Add(inbox, _inbox);
        Scan();
    }

    /// <summary>The full path of the Maildir.</summary>
    public string Root { get; }

    /// <summary>The folders that are there, parents before children; the Inbox is the first.</summary>
    public IEnumerable<MaildirFolder> Folders => _folders.Values;

    /// <summary>The names of the directories in the root that are no folders of Maildir++.</summary>
    public IReadOnlyList<string> OtherDirectories => _others;

    /// <summary>Reads which folders there are, to copy from them.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="place">The folder it is, where it is not the Inbox but lies in a greater tree.</param>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MaildirTree Open(string root, FolderPath? place) => new(Path.GetFullPath(root), create: false, place);

    /// <summary>Reads which folders there are, to copy to them; makes the Inbox where it is missing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static MaildirTree OpenOrCreate(string root) => new(Path.GetFullPath(root), create: true);

    /// <summary>The folder of that role or path, made with its parents where it is missing. The root is the Inbox, under the path of the root.</summary>
    public MaildirFolder Find(FolderPath path, FolderRole role, string containerClass)
    {
        if (role == FolderRole.Root || path.Names.Count == 0)
        {
            return _inbox with { Path = FolderPath.Root };
        }

        if (role == FolderRole.Inbox)
        {
            return FindInbox(path.Name);
        }

        if (role != FolderRole.None && WithRole(role) is MaildirFolder known)
        {
            return known;
        }

        MaildirFolder? folder = null;
        for (int i = 0; i < path.Names.Count; i++)
        {
            FolderPath child = (folder?.Path ?? FolderPath.Root).Append(path.Names[i]);
            bool isLast = i == path.Names.Count - 1;
            folder = _folders.TryGetValue(child, out MaildirFolder? found) ? found
                : isLast ? Create(folder, child, role, containerClass.Length > 0 ? containerClass : FolderClasses.Mail)
                : CreateParent(folder, child);
        }

        return role == FolderRole.None || folder!.Role != FolderRole.None ? folder! : Name(folder, role);
    }

    private MaildirFolder? WithRole(FolderRole role) => _folders.Values.FirstOrDefault(f => f.Role == role);

    /// <summary>A Maildir calls its Inbox by one name in any language: in one that is made here, a card keeps what it was called.</summary>
    private MaildirFolder FindInbox(string name)
    {
        bool isNamed = _inbox.Path.Name != InboxName || File.Exists(LongPath.Of(Path.Combine(Root, FolderCard.FileName)));
        if (_isNew && !isNamed && name.Length > 0 && name != InboxName && _folders.Keys.All(p => !p.Parent.Equals(_inbox.Path)))
        {
            WholeFile.Guard(Root, () => new FolderCard(name, FolderRole.Inbox, _inbox.ContainerClass).Write(Root));
            _folders.Remove(_inbox.Path);
            FolderPath path = FolderPath.Root.Append(name);
            _inbox = _inbox with { Path = path, Place = path };
            _folders.Add(path, _inbox);
        }

        return _inbox;
    }

    /// <summary>A parent nobody has named has the role its name says.</summary>
    private MaildirFolder CreateParent(MaildirFolder? above, FolderPath path)
    {
        FolderRole role = DirectoryTree.ImpliedRole(path);
        return role == FolderRole.Inbox ? FindInbox(path.Name) : Create(above, path, WithRole(role) is null ? role : FolderRole.None, FolderClasses.Mail);
    }

    private MaildirFolder Create(MaildirFolder? above, FolderPath path, FolderRole role, string containerClass)
    {
        string prefix = above is null ? "" : above.Role == FolderRole.Inbox ? InboxPrefix : Path.GetFileName(above.Directory);
        string? server = s_roles.FirstOrDefault(r => r.Role == role).Name;
        string stem = prefix + "." + (server ?? Encode(path.Name, NameLength));

        // What gets too long for a directory's name lies beside, and its card says where it belongs.
        bool isBeside = stem.Length > NameLength && prefix.Length > 0;
        stem = stem.Length <= NameLength ? stem : "." + Encode(path.Name, NameLength - 1);
        string name = _names.Take(stem, "");
        MaildirFolder created = new(path, Path.Combine(Root, name), role, containerClass);
        CreateParts(created.Directory);
        FolderCard card = CardOf(created, isBeside ? prefix : null);
        WholeFile.Guard(created.Directory, () =>
        {
            if (server is not null || card.IsNeeded(LastNameOf(name), DirectoryTree.ImpliedRole(path)))
            {
                card.Write(created.Directory);
            }

            File.WriteAllText(LongPath.Of(Path.Combine(created.Directory, "maildirfolder")), "");
        });
        _folders.Add(path, created);
        return created;
    }

    /// <summary>A folder that is there turns out to have a role.</summary>
    private MaildirFolder Name(MaildirFolder folder, FolderRole role)
    {
        MaildirFolder named = folder with { Role = role };
        FolderCard card = CardOf(named, FolderCard.Read(folder.Directory)?.Parent);
        WholeFile.Guard(folder.Directory, () => card.Write(folder.Directory));
        _folders[folder.Path] = named;
        return named;
    }

    private static FolderCard CardOf(MaildirFolder folder, string? parent) =>
        new(folder.Path.Name.Length > 0 ? folder.Path.Name : Strings.FolderUnnamed, folder.Role, folder.ContainerClass, parent);

    private static void CreateParts(string directory)
    {
        foreach (string part in s_parts)
        {
            string path = Path.Combine(directory, part);
            WholeFile.Guard(path, () => AtomicFile.CreateDirectory(path));
        }
    }

    /// <summary>A name without what divides names, what divides directories, and what some file systems do not take.</summary>
    /// <param name="name">The name.</param>
    /// <param name="maximum">Characters at most.</param>
    private static string Encode(string name, int maximum)
    {
        for (int length = maximum; ; length = length * 2 / 3)
        {
            string safe = SafeName.Make(name, length, Strings.FolderUnnamed).Replace('.', '_').Replace('~', '_');
            string encoded = ModifiedUtf7.Encode(safe).TrimEnd(' ');
            if (encoded.Length <= maximum)
            {
                return encoded;
            }
        }
    }

    private static string LastNameOf(string directory) => ModifiedUtf7.Decode(directory.Substring(directory.LastIndexOf('.') + 1));

    private void Scan()
    {
        Dictionary<string, FolderCard?> cards = new(StringComparer.Ordinal);
        foreach (string name in TreeFiles.List(Root).Directories.Where(n => Array.IndexOf(s_parts, n) < 0))
        {
            string directory = Path.Combine(Root, name);
            if (name.Length > 1 && name[0] == '.' && name[1] != '.' && Directory.Exists(LongPath.Of(Path.Combine(directory, s_parts[0]))))
            {
                _names.Add(name);
                cards.Add(name, FolderCard.Read(directory));
            }
            else
            {
                _others.Add(name);
            }
        }

        Dictionary<string, FolderPath> known = new(StringComparer.Ordinal) { [InboxPrefix] = _inbox.Path };
        foreach (string name in cards.Keys)
        {
            Resolve(name, cards, known);
        }
    }

    /// <summary>Makes a folder and those above it known, however deep it lies.</summary>
    private void Resolve(string name, Dictionary<string, FolderCard?> cards, Dictionary<string, FolderPath> known)
    {
        List<string> chain = [];
        HashSet<string> visited = new(StringComparer.Ordinal);
        for (string? at = name; at is not null && !known.ContainsKey(at); at = Above(at, cards[at], n => known.ContainsKey(n) || (cards.ContainsKey(n) && !visited.Contains(n))))
        {
            chain.Add(at);
            visited.Add(at);
        }

        // From the top: what was made to lie in itself lies where its name says.
        for (int i = chain.Count - 1; i >= 0; i--)
        {
            known[chain[i]] = Take(chain[i], cards[chain[i]], known);
        }
    }

    private FolderPath Take(string name, FolderCard? card, Dictionary<string, FolderPath> known)
    {
        FolderPath parent = Above(name, card, known.ContainsKey) is not string above ? new FolderPath(Between(name, 0))
            : above == card?.Parent ? known[above]
            : new FolderPath(known[above].Names.Concat(Between(name, above.Length)));
        FolderPath path = parent.Append(card?.Name ?? LastNameOf(name));

        // Two directories may claim one name: the second is then called what it is called.
        path = _folders.ContainsKey(path) ? parent.Append(name) : path;
        FolderRole role = card?.Role ?? DirectoryTree.ImpliedRole(path);
        role = WithRole(role) is null ? role : FolderRole.None;
        if (!_folders.ContainsKey(path))
        {
            _folders.Add(path, new MaildirFolder(path, Path.Combine(Root, name), role, card?.ContainerClass ?? FolderClasses.Mail));
        }

        return path;
    }

    /// <summary>The directory of the folder above: that of its card, else the nearest one its name begins with; null where there is none.</summary>
    private static string? Above(string name, FolderCard? card, Func<string, bool> exists)
    {
        if (card?.Parent is string parent && exists(parent))
        {
            return parent;
        }

        string at = ParentName(name);
        while (at.Length > 0 && !exists(at))
        {
            at = ParentName(at);
        }

        return at.Length > 0 ? at : null;
    }

    /// <summary>Names between a directory's last one and the first characters of it: of folders that have no directory.</summary>
    private static List<string> Between(string name, int above)
    {
        List<string> between = [];
        for (string at = ParentName(name); at.Length > above; at = ParentName(at))
        {
            between.Insert(0, LastNameOf(at));
        }

        return between;
    }

    private static string ParentName(string name) => name.Substring(0, name.LastIndexOf('.'));
}
