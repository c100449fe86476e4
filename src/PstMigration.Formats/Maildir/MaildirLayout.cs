using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Where the folders of a Maildir lie. Directories that hold <c>cur</c> are folders: <c>.Name.Subname</c> in the Inbox (Maildir++), <c>Name/Subname</c>
/// (Dovecot's <c>LAYOUT=fs</c>, mbsync, OfflineIMAP), <c>Name/.Subname</c> (mbsync of old), <c>Name.Subname</c> beside <c>Name</c> (OfflineIMAP without
/// another divider), <c>Name</c> and <c>Name.sbd/Subname</c> (Thunderbird) or <c>.Name.directory/Subname</c> (KMail). The Inbox is the root where mail lies in that, else what is called so.
/// </summary>
internal sealed class MaildirLayout
{
    private const string Inbox = "INBOX";

    /// <summary>Directories in directories are followed this far: what a path of Linux can hold with names of three letters.</summary>
    private const int MaximumDepth = 1024;

    private static readonly string[] s_parts = ["cur", "new", "tmp"];

    private readonly PassedOver _passed;
    private readonly Dictionary<FolderPath, MaildirFolder> _folders = [];
    private bool _hasDirectories;
    private bool _isThunderbird;

    private MaildirLayout(PassedOver passed) => _passed = passed;

    /// <summary>The folders, parents before children.</summary>
    public IEnumerable<MaildirFolder> Folders => _folders.Values;

    /// <summary>Finds the folders.</summary>
    /// <param name="root">The full path of the directory.</param>
    /// <param name="passed">Is told what the layout is, and what is no folder.</param>
    /// <exception cref="MailDataException">SourceUnreadable: the root.</exception>
    public static MaildirLayout Find(string root, PassedOver passed)
    {
        MaildirLayout layout = new(passed);
        DirectoryContent content = TreeFiles.List(root);
        FolderPath? place = PlaceOf(root, content);
        IEnumerable<string> others = content.Directories;
        if (HasPart(root))
        {
            MaildirTree tree = MaildirTree.Open(root, place);
            foreach (MaildirFolder folder in tree.Folders)
            {
                layout._folders.Add(folder.Path, folder);
            }

            others = tree.OtherDirectories;
        }

        LeftOut left = LeftOut.Of(content, IsKeywords);
        int empty = layout.Walk(root, place ?? FolderPath.Root, [.. others], 0).Empty;
        passed.Set(root, left with { Others = left.Others + empty });
        passed.Format = layout._isThunderbird ? "Maildir (Thunderbird)" : layout._hasDirectories ? "Maildir (directories)" : "Maildir";
        return layout;
    }

    /// <summary>
    /// Whether a directory is a Maildir, or directories in it are, at any depth: not where more messages lie beside these in .eml files.
    /// </summary>
    public static bool IsAt(string root) => IsMaildir(root) || (Count(root) is { IsFound: true } found && found.Inside >= found.Beside);

    /// <summary>As <see cref="IsAt"/>, of a directory in which other mail may be: where more .eml files lie beside them, directories are Maildirs if they hold what none of these is.</summary>
    public static bool IsAmong(string root) => IsMaildir(root) || (Count(root) is { IsFound: true } found && (found.Inside >= found.Beside || found.Own > 0));

    /// <summary>Counts messages in the Maildirs below a directory, those of them that are no .eml files, and .eml files beside these.</summary>
    private static (bool IsFound, int Inside, int Own, int Beside) Count(string root)
    {
        int inside = 0;
        int own = 0;
        int beside = 0;
        bool isFound = false;
        Stack<(string Directory, int Depth)> open = new([(root, 0)]);
        while (open.Count > 0)
        {
            (string directory, int depth) = open.Pop();
            if (Look(directory, depth) is not DirectoryContent content)
            {
                continue;
            }

            bool isMaildir = depth > 0 && IsMaildir(directory);
            isFound |= isMaildir;
            beside += content.Files.Count(f => EmlLayout.IsMessage(f.Name));
            foreach (FileInfo file in isMaildir ? s_parts.Take(2).SelectMany(p => Look(Path.Combine(directory, p), 1)?.Files ?? []) : [])
            {
                inside++;
                own += EmlLayout.IsMessage(file.Name) ? 0 : 1;
            }

            foreach (string child in depth < MaximumDepth ? content.Directories.Where(n => !isMaildir || !s_parts.Contains(n)) : [])
            {
                open.Push((Path.Combine(directory, child), depth + 1));
            }
        }

        return (isFound, inside, own, beside);
    }

    /// <summary>
    /// Whether a directory is a Maildir: it has <c>cur</c>, and <c>new</c> or <c>tmp</c>; or <c>cur</c> alone with files and no directories in it, for programs that
    /// copy and pack leave empty directories out.
    /// </summary>
    private static bool IsMaildir(string directory)
    {
        string current = Path.Combine(directory, s_parts[0]);
        if (!Directory.Exists(LongPath.Of(current)))
        {
            return false;
        }

        return s_parts.Skip(1).Any(p => Directory.Exists(LongPath.Of(Path.Combine(directory, p))))
            || (Look(current, 1) is { Directories.Count: 0, Files.Count: > 0 } content && FolderCard.Read(current) is null
                && Look(directory, 1)?.Files.All(f => ProgramFiles.IsSetting(f.Name)) == true && content.Files.All(f => f.Name[0] is '.' or (>= '0' and <= '9')));
    }

    /// <summary>Inside a tree that is known to be one of Maildirs, one of the parts with mail is enough.</summary>
    private static bool HasPart(string directory) =>
        MaildirFolder.PartNames.Any(n => Directory.Exists(LongPath.Of(Path.Combine(directory, n))));

    private static bool IsKeywords(string name) => name == MaildirKeywords.FileName;

    private static DirectoryContent? Look(string directory, int depth)
    {
        try
        {
            return TreeFiles.List(directory);
        }
        catch (MailDataException) when (depth > 0)
        {
            return null;
        }
    }

    /// <summary>
    /// The folder a directory is in the tree it lies in; null for one that is whole by itself. <c>mail/Sent</c> is no Inbox, nor is <c>mail/Work</c> beside
    /// <c>mail/INBOX</c>, or <c>.Work</c> in a Maildir.
    /// </summary>
    private static FolderPath? PlaceOf(string root, DirectoryContent content)
    {
        string name = Path.GetFileName(root);
        if (name.Length == 0 || FolderCard.Read(root) is not null || content.Directories.Any(n => n.Length > 1 && n[0] == '.' && HasPart(Path.Combine(root, n))))
        {
            return null;
        }

        string? above = Path.GetDirectoryName(root);
        bool isInMaildir = above is not null && HasPart(above);
        bool isBesideInbox = above is not null && HasPart(Path.Combine(above, Inbox)) && !name.Equals(Inbox, StringComparison.OrdinalIgnoreCase);
        FolderPath path = FolderPath.Root.Append(ModifiedUtf7.Decode(name));
        return isInMaildir && name[0] == '.' ? Split(name)
            : isInMaildir || isBesideInbox || (HasPart(root) && DirectoryTree.ImpliedRole(path) is not (FolderRole.None or FolderRole.Inbox)) ? path
            : null;
    }

    private static FolderPath Split(string name) => new(name.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(ModifiedUtf7.Decode));

    /// <summary>Finds the folders in directories.</summary>
    /// <returns>How many folders there are below, and how many directories have none.</returns>
    private (int Folders, int Empty) Walk(string parent, FolderPath above, IReadOnlyList<string> names, int depth)
    {
        int folders = 0;
        int empty = 0;
        HashSet<string> beside = [.. names.Where(n => HasPart(Path.Combine(parent, n)))];
        foreach (string name in depth < MaximumDepth ? names : [])
        {
            string directory = Path.Combine(parent, name);
            FolderPath path = new(above.Names.Concat(NamesOf(name, beside)));
            bool isFolder = beside.Contains(name);
            if (isFolder)
            {
                path = Add(path, directory);
                _hasDirectories = true;
                _isThunderbird |= ProgramFiles.HasIndex(directory) || Directory.Exists(LongPath.Of(directory + SubfolderDirectory.Thunderbird));
            }

            DirectoryContent? content = Look(directory, 1);
            List<string> children = [.. (content?.Directories ?? []).Where(n => !isFolder || !s_parts.Contains(n))];
            (int below, int none) = Walk(directory, path, children, depth + 1);
            if (isFolder || below > 0)
            {
                LeftOut left = content is null ? new LeftOut() : LeftOut.Of(content, IsKeywords);
                _passed.Set(directory, left with { Others = left.Others + none });
                folders += below + (isFolder ? 1 : 0);
            }
            else
            {
                empty += SubfolderDirectory.FolderOf(name) is not null && content is { Files.Count: 0, Directories.Count: 0 } ? 0 : 1;
            }
        }

        return (folders, empty);
    }

    private static IEnumerable<string> NamesOf(string name, HashSet<string> beside)
    {
        if (SubfolderDirectory.FolderOf(name) is string folder)
        {
            return [ModifiedUtf7.Decode(folder)];
        }

        if (name[0] == '.' && name.Trim('.').Length > 0)
        {
            return Split(name).Names;
        }

        // Servers that keep all folders in the Inbox divide by dots.
        if (name.StartsWith(Inbox + ".", StringComparison.OrdinalIgnoreCase) && beside.Contains(name.Substring(0, Inbox.Length)))
        {
            return Split(name).Names;
        }

        // A dot is a divider where what is before it is a folder too; otherwise it is a dot.
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (dot < name.Length - 1 && beside.Contains(name.Substring(0, dot)))
            {
                return NamesOf(name.Substring(0, dot), beside).Append(ModifiedUtf7.Decode(name.Substring(dot + 1)));
            }
        }

        return [ModifiedUtf7.Decode(name)];
    }

    private FolderPath Add(FolderPath path, string directory)
    {
        // Two directories may claim one name.
        FolderPath free = DirectoryTree.Distinct(path, _folders.ContainsKey);
        FolderRole role = DirectoryTree.ImpliedRole(free);
        role = _folders.Values.Any(f => f.Role == role) ? FolderRole.None : role;
        _folders.Add(free, new MaildirFolder(free, directory, role, FolderClasses.Mail));
        return free;
    }
}
