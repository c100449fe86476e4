namespace PstMigration.Accounts.Finding;

/// <summary>Lists folders without opening what is in them.</summary>
internal interface IFolderListing
{
    /// <summary>What is in a folder. Enumeration throws IOException or UnauthorizedAccessException where it cannot go on.</summary>
    IEnumerable<FolderEntry> List(string folder);

    /// <summary>One file or folder; null where there is none.</summary>
    FolderEntry? Find(string path);

    /// <summary>Whether a path is on another machine.</summary>
    bool IsNetwork(string path);
}
