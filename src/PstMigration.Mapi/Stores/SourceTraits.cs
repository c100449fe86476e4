namespace PstMigration.Mapi;

/// <summary>What an engine has to know of a source.</summary>
public sealed record SourceTraits
{
    /// <summary>
    /// Whether a key names one item permanently, as a service's immutable ids do. Otherwise two copies of a file that went their own ways, or a
    /// path where another file was put, may give one key to two items.
    /// </summary>
    public bool KeysAreLasting { get; init; }

    /// <summary>Whether it gives all properties of an item as they were written, so that comparing can go beyond the content.</summary>
    public bool KeepsAllProperties { get; init; }

    /// <summary>How many items may be opened at once.</summary>
    public int OpensAtOnce { get; init; } = int.MaxValue;
}
