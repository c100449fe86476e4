namespace PstMigration.Mapi;

/// <summary>A folder of a target. Targets derive from it to carry their own handle.</summary>
/// <param name="Path">Its names in the target.</param>
public record TargetFolder(FolderPath Path)
{
    /// <summary>Its id in the target; null where it has none besides its path.</summary>
    public virtual string? Key => null;

    /// <summary>Whether it was made since the target was opened; otherwise it existed before.</summary>
    public bool IsMade { get; init; }

    /// <summary>The path that was asked for, where a folder that holds something else, or that people do not see, has it; null for a folder under its own name.</summary>
    public FolderPath? InsteadOf { get; init; }
}
