namespace PstMigration.Mapi;

/// <summary>Who is meant to see an item ([MS-OXCMSG] 2.2.1.13).</summary>
public enum ItemSensitivity
{
    /// <summary>Anybody.</summary>
    Normal = 0,

    /// <summary>Personal.</summary>
    Personal = 1,

    /// <summary>Private.</summary>
    Private = 2,

    /// <summary>Confidential.</summary>
    Confidential = 3,
}
