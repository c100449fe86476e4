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

    /// <summary>Whether nothing changes it while it is read: an item that comes again is one that several folders list, and no newer version.</summary>
    public bool IsStill { get; init; }

    /// <summary>
    /// Whether it says for certain what each folder holds, and has folders of each kind under names of their own, so that today's name of a calendar may be that of a mail folder tomorrow. In a target that
    /// keeps what folders hold, such a folder never goes into one of another kind.
    /// </summary>
    public bool KeepsKindsApart { get; init; }

    /// <summary>How many items may be opened at once.</summary>
    public int OpensAtOnce { get; init; } = int.MaxValue;
}
