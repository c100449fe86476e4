namespace PstMigration.Pst.Ndb.Disk;

/// <summary>fAMapValid of the ROOT ([MS-PST] 2.2.2.5).</summary>
internal enum AMapValidity : byte
{
    /// <summary>A writer died: AMaps may be stale and must be rebuilt before anything is written.</summary>
    Invalid = 0,

    /// <summary>Valid, by Outlook 2003 and before.</summary>
    Valid1 = 1,

    /// <summary>Valid.</summary>
    Valid2 = 2,
}
