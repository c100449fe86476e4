namespace PstMigration.Mapi;

/// <summary>A folder has the name a file was to have, or a file that of a folder. The error for users is <see cref="FileErrorIds.PathOfOtherKind"/>.</summary>
public sealed class PathOfOtherKindException : IOException
{
    /// <summary>With what is said.</summary>
    public PathOfOtherKindException(string message)
        : base(message)
    {
    }
}
