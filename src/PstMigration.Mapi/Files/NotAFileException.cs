namespace PstMigration.Mapi;

/// <summary>A path leads to a pipe, a socket or a device, which would keep a reader waiting for ever. The error for users is <see cref="FileErrorIds.NotAFile"/>.</summary>
public sealed class NotAFileException : IOException
{
    /// <summary>About a path.</summary>
    public NotAFileException(string path)
        : base(string.Format(Strings.Culture, Strings.NotAFile, path))
    {
    }
}
