namespace PstMigration.Mapi;

/// <summary>The type half of a property tag ([MS-OXCDATA] 2.11.1).</summary>
public enum PropertyType : ushort
{
    /// <summary>No value.</summary>
    Unspecified = 0x0000,

    /// <summary>A property without a value.</summary>
    Null = 0x0001,

    /// <summary>16-bit signed integer.</summary>
    Integer16 = 0x0002,

    /// <summary>32-bit signed integer.</summary>
    Integer32 = 0x0003,

    /// <summary>32-bit floating point.</summary>
    Floating32 = 0x0004,

    /// <summary>64-bit floating point.</summary>
    Floating64 = 0x0005,

    /// <summary>64-bit integer counting ten-thousandths.</summary>
    Currency = 0x0006,

    /// <summary>Days since 1899-12-30 as a 64-bit floating point number.</summary>
    FloatingTime = 0x0007,

    /// <summary>32-bit error code.</summary>
    ErrorCode = 0x000A,

    /// <summary>True or false.</summary>
    Boolean = 0x000B,

    /// <summary>An embedded item or a raw compound file.</summary>
    Object = 0x000D,

    /// <summary>64-bit signed integer.</summary>
    Integer64 = 0x0014,

    /// <summary>Text stored in an 8-bit code page; always held decoded.</summary>
    String8 = 0x001E,

    /// <summary>Text stored as UTF-16.</summary>
    String = 0x001F,

    /// <summary>FILETIME: 100 ns since 1601-01-01 UTC.</summary>
    Time = 0x0040,

    /// <summary>16-byte GUID.</summary>
    Guid = 0x0048,

    /// <summary>Server id, opaque bytes.</summary>
    ServerId = 0x00FB,

    /// <summary>A restriction, opaque bytes.</summary>
    Restriction = 0x00FD,

    /// <summary>Rule actions, opaque bytes.</summary>
    RuleAction = 0x00FE,

    /// <summary>Bytes.</summary>
    Binary = 0x0102,

    /// <summary>Several 16-bit integers.</summary>
    MultipleInteger16 = 0x1002,

    /// <summary>Several 32-bit integers.</summary>
    MultipleInteger32 = 0x1003,

    /// <summary>Several 32-bit floating point numbers.</summary>
    MultipleFloating32 = 0x1004,

    /// <summary>Several 64-bit floating point numbers.</summary>
    MultipleFloating64 = 0x1005,

    /// <summary>Several currency values.</summary>
    MultipleCurrency = 0x1006,

    /// <summary>Several floating times.</summary>
    MultipleFloatingTime = 0x1007,

    /// <summary>Several 64-bit integers.</summary>
    MultipleInteger64 = 0x1014,

    /// <summary>Several strings stored in an 8-bit code page; always held decoded.</summary>
    MultipleString8 = 0x101E,

    /// <summary>Several strings stored as UTF-16.</summary>
    MultipleString = 0x101F,

    /// <summary>Several FILETIMEs.</summary>
    MultipleTime = 0x1040,

    /// <summary>Several GUIDs.</summary>
    MultipleGuid = 0x1048,

    /// <summary>Several byte strings.</summary>
    MultipleBinary = 0x1102,
}
