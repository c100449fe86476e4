namespace PstMigration.Pst;

/// <summary>What is wrong with a structure.</summary>
public enum PstDamageReason : long
{
    /// <summary>It is outside the file, wholly or in part.</summary>
    OutsideFile,

    /// <summary>Its checksum does not match its bytes.</summary>
    ChecksumMismatch,

    /// <summary>The trailer names another object or another size than the reference to it.</summary>
    TrailerMismatch,

    /// <summary>It is something else than what was expected at the place.</summary>
    WrongType,

    /// <summary>It stands at another level of its tree than it says.</summary>
    WrongLevel,

    /// <summary>A count or length goes beyond what can be.</summary>
    LimitExceeded,

    /// <summary>It is needed and not there.</summary>
    Missing,

    /// <summary>It refers to something that does not exist.</summary>
    DanglingReference,

    /// <summary>It contains itself.</summary>
    Cycle,

    /// <summary>Its compressed data cannot be inflated to the size given.</summary>
    BadCompression,

    /// <summary>Lengths that have to agree do not.</summary>
    LengthMismatch,

    /// <summary>It has a value of a type nobody knows.</summary>
    UnknownPropertyType,

    /// <summary>It uses a named property that the map does not name.</summary>
    UnnamedProperty,

    /// <summary>It holds other keys of its tree than the reference to it says.</summary>
    KeyOutOfRange,
}
