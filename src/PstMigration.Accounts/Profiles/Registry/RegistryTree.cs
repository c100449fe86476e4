namespace PstMigration.Accounts.Registry;

/// <summary>Keys and values kept in memory, from an exported file.</summary>
internal sealed class RegistryTree(string name) : IRegistryKey
{
    private readonly Dictionary<string, RegistryTree> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RegistryData> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public IEnumerable<string> SubKeyNames => _keys.Keys;

    /// <summary>The keys below.</summary>
    public IEnumerable<RegistryTree> SubKeys => _keys.Values;

    /// <inheritdoc/>
    public IRegistryKey? Open(string path) => Find(path);

    /// <inheritdoc/>
    public RegistryData? Value(string name) => _values.TryGetValue(name, out RegistryData value) ? value : null;

    /// <summary>A key below; null where there is none.</summary>
    public RegistryTree? Find(string path)
    {
        RegistryTree? key = this;
        foreach (string part in path.Split('\\'))
        {
            if (key is null || !key._keys.TryGetValue(part, out key))
            {
                return null;
            }
        }

        return key;
    }

    /// <summary>A key below, made where it is missing.</summary>
    public RegistryTree Add(string path)
    {
        RegistryTree key = this;
        foreach (string part in path.Split('\\'))
        {
            if (!key._keys.TryGetValue(part, out RegistryTree? child))
            {
                child = new RegistryTree(part);
                key._keys.Add(part, child);
            }

            key = child;
        }

        return key;
    }

    /// <summary>Takes a key and what is below it away; an export may say so.</summary>
    public void Remove(string path)
    {
        int last = path.LastIndexOf('\\');
        RegistryTree? parent = last < 0 ? this : Find(path.Substring(0, last));
        _ = parent?._keys.Remove(path.Substring(last + 1));
    }

    /// <summary>Sets a value.</summary>
    public void Set(string name, RegistryData value) => _values[name] = value;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }
}
