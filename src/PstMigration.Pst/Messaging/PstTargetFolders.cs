using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>The folders of a file that is written, by the paths they were asked for. One caller at a time.</summary>
/// <param name="store">The file.</param>
internal sealed class PstTargetFolders(IItemStore store)
{
    private readonly Dictionary<FolderPath, PstTargetFolder> _opened = [];

    /// <summary>Opens a folder, and makes it where there is none. One with a role is the file's own from then on: Outlook needs it.</summary>
    public PstTargetFolder Open(FolderPath path, FolderRole role, string containerClass)
    {
        if (!_opened.TryGetValue(path, out PstTargetFolder? folder))
        {
            NodeId id = role == FolderRole.None ? default : store.Find(role);
            bool isMade = false;
            id = id.IsNone ? FindOrCreate(path, containerClass, out isMade) : id;
            folder = new PstTargetFolder(PathOf(id), id) { IsMade = isMade && role == FolderRole.None };
            _opened.Add(path, folder);
        }

        store.SetRole(folder.Id, role);
        return folder;
    }

    /// <summary>The container class of the folder a path leads to; null where <see cref="Open"/> would make one, or find one by its role.</summary>
    public string? FindClass(FolderPath path, FolderRole role)
    {
        if (role != FolderRole.None && !store.Find(role).IsNone)
        {
            return null;
        }

        NodeId folder = store.Root;
        FolderPath current = FolderPath.Root;
        for (int i = 0; i < path.Names.Count && !folder.IsNone; i++)
        {
            current = current.Append(path.Names[i]);
            folder = Next(folder, current);
        }

        return folder.IsNone ? null : store.ClassOf(folder);
    }

    // Parents come before children as a rule, so that a parent may have been mapped by its role; others are made here.
    private NodeId FindOrCreate(FolderPath path, string containerClass, out bool isMade)
    {
        isMade = false;
        NodeId folder = store.Root;
        FolderPath current = FolderPath.Root;
        for (int i = 0; i < path.Names.Count; i++)
        {
            current = current.Append(path.Names[i]);
            NodeId next = Next(folder, current);
            isMade = next.IsNone;
            folder = isMade ? store.Create(folder, NameOf(current), i == path.Names.Count - 1 ? containerClass : "") : next;
        }

        return folder;
    }

    private NodeId Next(NodeId parent, FolderPath path) => _opened.TryGetValue(path, out PstTargetFolder? known) ? known.Id : store.Find(parent, NameOf(path));

    private static string NameOf(FolderPath path) => path.Name.Length > 0 ? path.Name : Strings.FolderUnnamed;

    private FolderPath PathOf(NodeId folder)
    {
        Stack<string> names = new();
        while (folder != store.Root && folder != NodeId.RootFolder)
        {
            (NodeId parent, string name) = store.Describe(folder);
            names.Push(name);
            folder = parent;
        }

        return new FolderPath(names);
    }
}

/// <summary>A folder of a file that is written.</summary>
/// <param name="Path">Where it is, which need not be the path it was asked for.</param>
/// <param name="Id">Its node.</param>
internal sealed record PstTargetFolder(FolderPath Path, NodeId Id) : TargetFolder(Path)
{
    public override string Key => Id.ToString();
}
