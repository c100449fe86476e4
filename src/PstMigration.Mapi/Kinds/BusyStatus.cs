namespace PstMigration.Mapi;

/// <summary>How an appointment shows in a calendar ([MS-OXOCAL] 2.2.1.2).</summary>
public enum BusyStatus
{
    /// <summary>Free.</summary>
    Free = 0,

    /// <summary>Tentative.</summary>
    Tentative = 1,

    /// <summary>Busy.</summary>
    Busy = 2,

    /// <summary>Out of office.</summary>
    OutOfOffice = 3,

    /// <summary>Working elsewhere.</summary>
    Elsewhere = 4,
}
