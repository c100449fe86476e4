namespace PstMigration.Mapi;

/// <summary>What kind of error an <see cref="ErrorId"/> is.</summary>
public enum ErrorKind
{
    /// <summary>Data is not what it has to be.</summary>
    InvalidData,

    /// <summary>What was asked for has no sense.</summary>
    InvalidArgument,

    /// <summary>It cannot be done in this state.</summary>
    InvalidOperation,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is such a thing already.</summary>
    Exists,

    /// <summary>Somebody else uses it.</summary>
    InUse,

    /// <summary>It was changed since it was looked at.</summary>
    Changed,

    /// <summary>The rights are missing.</summary>
    Denied,

    /// <summary>Something is larger, deeper or more than is allowed.</summary>
    LimitExceeded,

    /// <summary>It cannot be opened.</summary>
    OpenFailed,

    /// <summary>It cannot be read.</summary>
    ReadFailed,

    /// <summary>It cannot be written.</summary>
    WriteFailed,

    /// <summary>There is no support for it.</summary>
    NotSupported,

    /// <summary>Something it takes is not installed.</summary>
    NotInstalled,

    /// <summary>It is out of reach for now.</summary>
    Unavailable,

    /// <summary>A connection failed.</summary>
    Connection,

    /// <summary>The sign-in failed or was lost.</summary>
    Authentication,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The other side does not keep to the protocol.</summary>
    Protocol,

    /// <summary>It was refused for the sake of security.</summary>
    Security,
}
