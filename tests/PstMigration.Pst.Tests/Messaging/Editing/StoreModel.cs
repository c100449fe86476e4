namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>What a file should hold: folders by name, and of each item the number its content was made from.</summary>
internal sealed class StoreModel
{
    /// <summary>The folders below the IPM subtree by node, which is not among them.</summary>
    public Dictionary<NodeId, ModelFolder> Folders { get; private init; } = [];

    /// <summary>The items by node.</summary>
    public Dictionary<NodeId, ModelItem> Items { get; private init; } = [];

    /// <summary>A state to come back to.</summary>
    public StoreModel Clone() => new() { Folders = new(Folders), Items = new(Items) };

    /// <summary>Whether a folder is another or below it.</summary>
    public bool IsWithin(NodeId folder, NodeId other)
    {
        for (NodeId at = folder; ; at = Folders[at].Parent)
        {
            if (at == other)
            {
                return true;
            }

            if (!Folders.ContainsKey(at))
            {
                return false;
            }
        }
    }

    /// <summary>Whether a name is in use in a folder.</summary>
    public bool HasFolder(NodeId parent, string name) =>
        Folders.Values.Any(f => f.Parent == parent && string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes a folder away with all that is in it.</summary>
    public void Remove(NodeId folder)
    {
        HashSet<NodeId> gone = [.. Folders.Keys.Where(f => IsWithin(f, folder))];
        foreach (NodeId item in Items.Where(i => gone.Contains(i.Value.Folder)).Select(i => i.Key).ToList())
        {
            Items.Remove(item);
        }

        foreach (NodeId id in gone)
        {
            Folders.Remove(id);
        }
    }
}

/// <summary>A folder of a <see cref="StoreModel"/>.</summary>
internal readonly record struct ModelFolder(NodeId Parent, string Name);

/// <summary>An item of a <see cref="StoreModel"/>.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Seed">What its content is made from.</param>
/// <param name="Attachments">Files added since.</param>
/// <param name="IsRead">Whether it was read.</param>
/// <param name="Note">A property set by itself; empty for none.</param>
/// <param name="IsAssociated">Whether it is FAI.</param>
internal readonly record struct ModelItem(NodeId Folder, int Seed, int Attachments, bool IsRead, string Note, bool IsAssociated);
