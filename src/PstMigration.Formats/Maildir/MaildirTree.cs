using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Folders as Maildir++ lays them out: the Inbox is the directory itself, every other folder a directory <c>.Name.Subname</c> in it, in modified
/// UTF-7. The folder people see as the root holds no mail there and is the Inbox too.
/// </summary>
internal sealed class MaildirTree
{
    private const string InboxName = "INBOX";

    /// <summary>Characters of a directory's name at most; names of servers are this long too.</summary>
    private const int NameLength = 200;

    // As servers call them, so that a server finds its own.
    private static readonly (FolderRole Role, string Name)[] s_roles =
    [
        (FolderRole.Drafts, "Drafts"), (FolderRole.SentItems, "Sent"), (FolderRole.DeletedItems, "Trash"),
        (FolderRole.JunkEmail, "Junk"), (FolderRole.Archive, "Archive"), (FolderRole.Outbox, "Outbox"),
    ];

    private readonly Dictionary<FolderPath, MaildirFolder> _folders = [];
    private readonly UniqueNames _names = new();

    private MaildirTree(string root) => Root = root;

    /// <summary>The full path of the Maildir.</summary>
    public string Root { get; }

    /// <summary>The folders that are there, parents before children; the Inbox is the first.</summary>
    public IEnumerable<MaildirFolder> Folders => _folders.Values;

    /// <summary>Reads which folders are there.</summary>
    /// <exception cref="MailDataException">SourceUnreadable, TreeWriteFailed.</exception>
    public static MaildirTree Open(string root, bool create)
    {
        MaildirTree tree = new(Path.GetFullPath(root));
        if (create)
        {
            CreateParts(tree.Root);
        }

        tree.Scan();
        return tree;
    }

    /// <summary>Finds the folder of that role or path, making it where it is missing.</summary>
    public MaildirFolder Find(FolderPath path, FolderRole role, string containerClass)
    {
        MaildirFolder inbox = _folders.Values.First();
        if (role == FolderRole.Root || path.Names.Count == 0)
        {
            return inbox with { Path = FolderPath.Root };
        }

        if (role == FolderRole.Inbox)
        {
            return inbox;
        }

        MaildirFolder? known = _folders.Values.FirstOrDefault(f => role != FolderRole.None && f.Role == role);
        if (known is null && !_folders.TryGetValue(path, out known))
        {
            known = Create(path, role, containerClass.Length > 0 ? containerClass : "IPF.Note");
        }

        return known;
    }

    private MaildirFolder Create(FolderPath path, FolderRole role, string containerClass)
    {
        // A parent that was mapped by its role, or found, is continued under the name it has here.
        string parent = path.Names.Count > 1 && _folders.TryGetValue(path.Parent, out MaildirFolder? folder)
            ? folder.Role == FolderRole.Inbox ? "." + InboxName : Path.GetFileName(folder.Directory)
            : string.Concat(path.Parent.Names.Select(n => "." + Encode(n)));
        string? server = s_roles.FirstOrDefault(r => r.Role == role).Name;
        string stem = parent + "." + (server ?? Encode(path.Name));
        string name = _names.Take(stem.Length <= NameLength ? stem : stem.Substring(0, NameLength).TrimEnd('.', ' '), "");
        MaildirFolder created = new(path, Path.Combine(Root, name), role, containerClass);
        CreateParts(created.Directory);
        FolderCard card = new(path.Name.Length > 0 ? path.Name : Strings.FolderUnnamed, role, containerClass);
        if (server is not null || card.IsNeeded(LastNameOf(name)))
        {
            TreeFiles.Write(created.Directory, _ => card.Write(created.Directory));
        }

        TreeFiles.Write(created.Directory, p => File.WriteAllText(Path.Combine(p, "maildirfolder"), ""));
        _folders.Add(path, created);
        return created;
    }

    private static void CreateParts(string directory)
    {
        foreach (string part in new[] { "cur", "new", "tmp" })
        {
            TreeFiles.Write(Path.Combine(directory, part), p => Directory.CreateDirectory(p));
        }
    }

    /// <summary>A name without what divides names, what divides directories, and what some file systems do not take.</summary>
    private static string Encode(string name)
    {
        string safe = SafeName.Make(name, NameLength, Strings.FolderUnnamed).Replace('.', '_').Replace('~', '_');
        return ModifiedUtf7.Encode(safe).TrimEnd(' ');
    }

    private static string LastNameOf(string directory) => ModifiedUtf7.Decode(directory.Substring(directory.LastIndexOf('.') + 1));

    private void Scan()
    {
        FolderPath inbox = FolderPath.Root.Append(FolderCard.Read(Root)?.Name ?? InboxName);
        _folders.Add(inbox, new MaildirFolder(inbox, Root, FolderRole.Inbox, "IPF.Note"));
        Dictionary<string, FolderPath> byName = new(StringComparer.Ordinal) { ["." + InboxName] = inbox };
        foreach (string name in TreeFiles.Directories(Root).Where(n => n.Length > 1 && n[0] == '.' && n[1] != '.'))
        {
            string directory = Path.Combine(Root, name);
            if (!Directory.Exists(LongPath.Of(Path.Combine(directory, "cur"))))
            {
                continue;
            }

            _names.Add(name);
            FolderCard? card = FolderCard.Read(directory);
            FolderPath parent = ParentOf(name, byName);
            FolderPath path = parent.Append(card?.Name ?? LastNameOf(name));
            path = _folders.ContainsKey(path) ? parent.Append(name) : path;
            FolderRole role = card?.Role ?? (parent.Names.Count == 0 ? DirectoryTree.MailRoleOf(path.Name) : FolderRole.None);
            role = _folders.Values.Any(f => f.Role == role) ? FolderRole.None : role;
            if (!_folders.ContainsKey(path))
            {
                _folders.Add(path, new MaildirFolder(path, directory, role, card?.ContainerClass ?? "IPF.Note"));
                byName[name] = path;
            }
        }
    }

    /// <summary>The path of the folder above; names that are no folder themselves are part of it.</summary>
    private static FolderPath ParentOf(string name, Dictionary<string, FolderPath> known)
    {
        List<string> between = [];
        for (string at = name.Substring(0, name.LastIndexOf('.')); at.Length > 0; at = at.Substring(0, at.LastIndexOf('.')))
        {
            if (known.TryGetValue(at, out FolderPath? path))
            {
                return new FolderPath(path.Names.Concat(between));
            }

            between.Insert(0, LastNameOf(at));
        }

        return new FolderPath(between);
    }
}
