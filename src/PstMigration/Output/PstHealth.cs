namespace PstMigration;

/// <summary>The state of a data file by what was read of it; no check of the whole file.</summary>
public enum PstHealth : long
{
    /// <summary>Nothing wrong was found.</summary>
    NothingFound,

    /// <summary>A program has it open, or died while writing to it.</summary>
    NotClosed,

    /// <summary>Folders gave fewer items than they say they have.</summary>
    Incomplete,

    /// <summary>Something could not be read as it should.</summary>
    Damaged,
}
