namespace PstMigration.Accounts.Finding;

/// <summary>An Outlook data file by what its folder says of it. The file was not opened.</summary>
public sealed class FoundPstFile
{
    /// <summary>Full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>File name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>When it was last written; local time with its offset.</summary>
    public DateTimeOffset LastWriteTime { get; init; }

    /// <summary>
    /// Whether its data is in the cloud only. Reading it would download all of it; do that on purpose ("Always keep on this device") first.
    /// </summary>
    public bool IsOnlineOnly { get; init; }

    /// <summary>Whether it is in a OneDrive folder. Microsoft advises against data files there: synchronisation and Outlook disturb each other.</summary>
    public bool IsOneDrive { get; init; }

    /// <summary>Whether it is on a share or a network drive.</summary>
    public bool IsNetwork { get; init; }

    /// <summary>How it was found.</summary>
    public PstFileOrigin Origin { get; init; }

    /// <summary>The Outlook profile that refers to it; null where none is known.</summary>
    public string? Profile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
