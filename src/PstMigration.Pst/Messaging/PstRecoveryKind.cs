namespace PstMigration.Pst;

/// <summary>Why an item is in no folder people can open.</summary>
public enum PstRecoveryKind
{
    /// <summary>It is stored and no folder lists it.</summary>
    Orphan,

    /// <summary>It was deleted and has not been overwritten yet.</summary>
    Deleted,

    /// <summary>
    /// It was found by its signature alone: nothing names it any more, not even who it belongs to. Its recipients, attachments and long
    /// values are lost.
    /// </summary>
    Fragment,
}
