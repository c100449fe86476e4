namespace PstMigration.Transfer;

/// <summary>By what a folder of the source was listed, and why whole where what changed might have done.</summary>
public enum ListingBasis
{
    /// <summary>By what changed since the run before.</summary>
    Changes,

    /// <summary>Whole: the source has no changes to tell of such a folder.</summary>
    Whole,

    /// <summary>Whole: no run has read it to its end and left nothing to be tried again.</summary>
    First,

    /// <summary>Whole: the target is not as the run before has left it.</summary>
    TargetChanged,

    /// <summary>Whole: the run before was asked for something else.</summary>
    OptionsChanged,

    /// <summary>Whole: the folder was moved or renamed.</summary>
    FolderMoved,

    /// <summary>Whole: the source no longer knows what it told the run before.</summary>
    StateExpired,
}
