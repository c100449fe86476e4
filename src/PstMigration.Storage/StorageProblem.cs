namespace PstMigration.Storage;

/// <summary>What is wrong with a database file.</summary>
public enum StorageProblem
{
    /// <summary>It could not be opened, read or written.</summary>
    Failed,

    /// <summary>Reading or writing it is not allowed.</summary>
    AccessDenied,

    /// <summary>Somebody else has it open.</summary>
    InUse,

    /// <summary>It is another kind of file.</summary>
    NotRecognized,

    /// <summary>It was written by a later version of this program.</summary>
    TooNew,

    /// <summary>What is in it contradicts itself or cannot be read.</summary>
    Damaged,

    /// <summary>The disk is full. The transaction was taken back; it can be tried again.</summary>
    Full,

    /// <summary>A statement was refused: it asks for too much, or breaks a rule of the tables.</summary>
    Refused,

    /// <summary>SQLite itself is missing or does not fit this machine.</summary>
    NoLibrary,
}
