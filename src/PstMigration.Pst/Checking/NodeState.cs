namespace PstMigration.Pst.Checking;

/// <summary>What was done with a node.</summary>
[Flags]
internal enum NodeState : byte
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>Its contents were checked.</summary>
    Checked = 1,

    /// <summary>Its way up to the root folder was checked.</summary>
    Placed = 2,

    /// <summary>It is on the way up that is being checked.</summary>
    OnPath = 4,

    /// <summary>The table that should hold its row could not be read: nothing can be said about its row.</summary>
    RowUnknown = 8,

    /// <summary>A folder: folders name it as their parent.</summary>
    HasFolders = 16,

    /// <summary>A folder: items name it as their parent.</summary>
    HasItems = 32,

    /// <summary>A folder: FAI items name it as their parent.</summary>
    HasAssociated = 64,
}
