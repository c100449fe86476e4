namespace PstMigration.Mapi;

/// <summary>What an engine has to know of a target.</summary>
public sealed record TargetTraits
{
    /// <summary>How many items may be committed at once.</summary>
    public int CommitsAtOnce { get; init; } = 1;

    /// <summary>Whether items have to be committed in the order of the source.</summary>
    public bool KeepsOrder { get; init; } = true;

    /// <summary>Whether it keeps the class of a folder, so that an empty calendar stays one. Otherwise only empty mail folders are made.</summary>
    public bool KeepsFolderClasses { get; init; } = true;

    /// <summary>
    /// Whether it stores the digest of the content with an item. Where it does not, an item whose version is known is not read for a digest, and one whose
    /// version changed is rewritten.
    /// </summary>
    public bool NeedsDigest { get; init; } = true;
}
