namespace PstMigration.Pst.Messaging;

/// <summary>The folders in a folder, by name. Of two with the same name the first is found.</summary>
internal sealed class ChildFolders
{
    private readonly List<PstEditFolder> _all = [];
    private readonly Dictionary<string, PstEditFolder> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<PstEditFolder> All => _all;

    public PstEditFolder? Find(string name) => _byName.TryGetValue(name, out PstEditFolder? folder) ? folder : null;

    public void Add(PstEditFolder folder)
    {
        _all.Add(folder);
        if (Find(folder.Name) is null)
        {
            _byName.Add(folder.Name, folder);
        }
    }

    public void Remove(PstEditFolder folder)
    {
        _all.Remove(folder);
        if (_byName.TryGetValue(folder.Name, out PstEditFolder? found) && found == folder)
        {
            _byName.Remove(folder.Name);
            if (_all.Find(f => string.Equals(f.Name, folder.Name, StringComparison.OrdinalIgnoreCase)) is PstEditFolder other)
            {
                _byName.Add(other.Name, other);
            }
        }
    }
}
