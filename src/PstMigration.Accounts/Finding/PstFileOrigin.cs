namespace PstMigration.Accounts.Finding;

/// <summary>How a data file was found.</summary>
public enum PstFileOrigin : long
{
    /// <summary>It is in a folder that was searched.</summary>
    Folder,

    /// <summary>An Outlook profile refers to it.</summary>
    Profile,
}
