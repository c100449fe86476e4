namespace PstMigration.Accounts.Finding;

/// <summary>What a folder says of something in it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Length">Bytes; 0 for a folder.</param>
/// <param name="LastWriteTime">When it was last written.</param>
/// <param name="IsLink">Whether it stands for something elsewhere: a symbolic link, a junction, a mounted volume.</param>
internal readonly record struct FolderEntry(string Path, FileAttributes Attributes, long Length, DateTimeOffset LastWriteTime, bool IsLink)
{
    /// <summary>Whether it cannot be opened for its name (<see cref="PstMigration.Mapi.LostName"/>); then nothing else of it is known.</summary>
    public bool IsLost { get; init; }

    // FILE_ATTRIBUTE_RECALL_ON_OPEN and FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS have no names in .NET.
    private const FileAttributes RecallOnOpen = (FileAttributes)0x40000;
    private const FileAttributes RecallOnDataAccess = (FileAttributes)0x400000;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => (Attributes & FileAttributes.Directory) != 0;

    /// <summary>Whether its data would have to be fetched from the cloud or from a tape.</summary>
    public bool IsOnlineOnly => (Attributes & (FileAttributes.Offline | RecallOnOpen | RecallOnDataAccess)) != 0;

    /// <summary>Whether listing a folder would have to ask the cloud.</summary>
    public bool IsUnloadedFolder => IsFolder && (Attributes & RecallOnOpen) != 0;
}
