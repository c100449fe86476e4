namespace PstMigration.Mapi;

/// <summary>What somebody answered to a meeting request ([MS-OXOCAL] 2.2.1.11).</summary>
public enum MeetingResponse
{
    /// <summary>No answer is asked for.</summary>
    None = 0,

    /// <summary>The organizer.</summary>
    Organizer = 1,

    /// <summary>Tentative.</summary>
    Tentative = 2,

    /// <summary>Accepted.</summary>
    Accepted = 3,

    /// <summary>Declined.</summary>
    Declined = 4,

    /// <summary>Not answered yet.</summary>
    NotAnswered = 5,
}
