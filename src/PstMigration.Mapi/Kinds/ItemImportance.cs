namespace PstMigration.Mapi;

/// <summary>How important an item is ([MS-OXCMSG] 2.2.1.11).</summary>
public enum ItemImportance
{
    /// <summary>Low.</summary>
    Low = 0,

    /// <summary>Normal.</summary>
    Normal = 1,

    /// <summary>High.</summary>
    High = 2,
}
