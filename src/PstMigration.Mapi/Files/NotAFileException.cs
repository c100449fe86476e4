namespace PstMigration.Mapi;

/// <summary>A path leads to a pipe, a socket or a device, which would keep a reader waiting for ever; or a link is in the place of a file of our own, which would lead a writer elsewhere. The error for users is <see cref="FileErrorIds.NotAFile"/>.</summary>
public sealed class NotAFileException : IOException
{
    /// <summary>About a path.</summary>
    public NotAFileException(string path)
        : this(path, Strings.NotAFile)
    {
    }

    private NotAFileException(string path, string text)
        : base(string.Format(Strings.Culture, text, path))
    {
    }

    /// <summary>About a link.</summary>
    internal static NotAFileException OfLink(string path) => new(path, Strings.NotThroughLink);
}
