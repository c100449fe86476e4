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

    // Parents come before children as a rule, so that a parent may have been mapped by its role; others are made here.
    private NodeId FindOrCreate(FolderPath path, string containerClass, out bool isMade)
    {
        isMade = false;
        NodeId folder = store.Root;
        FolderPath current = FolderPath.Root;
        for (int i = 0; i < path.Names.Count; i++)
        {
            current = current.Append(path.Names[i]);
            string name = path.Names[i].Length > 0 ? path.Names[i] : Strings.FolderUnnamed;
            NodeId next = _opened.TryGetValue(current, out PstTargetFolder? known) ? known.Id : store.Find(folder, name);
            isMade = next.IsNone;
            folder = isMade ? store.Create(folder, name, i == path.Names.Count - 1 ? containerClass : "") : next;
        }

        return folder;
    }

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
