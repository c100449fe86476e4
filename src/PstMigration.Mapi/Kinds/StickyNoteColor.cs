namespace PstMigration.Mapi;

/// <summary>The colour of a sticky note ([MS-OXONOTE] 2.2.2.1).</summary>
public enum StickyNoteColor
{
    /// <summary>Blue.</summary>
    Blue = 0,

    /// <summary>Green.</summary>
    Green = 1,

    /// <summary>Pink.</summary>
    Pink = 2,

    /// <summary>Yellow.</summary>
    Yellow = 3,

    /// <summary>White.</summary>
    White = 4,
}
