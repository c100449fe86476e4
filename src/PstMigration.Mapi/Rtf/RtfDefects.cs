namespace PstMigration.Mapi;

/// <summary>What was wrong with a compressed RTF value.</summary>
[Flags]
public enum RtfDefects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The bytes are neither LZFu nor stored RTF; nothing was read.</summary>
    UnknownFormat = 1,

    /// <summary>The checksum does not match; the text may be wrong anywhere.</summary>
    Checksum = 2,

    /// <summary>The value ends early; the text is its beginning.</summary>
    Truncated = 4,

    /// <summary>The text is larger than the caller takes and was cut.</summary>
    TooLarge = 8,
}
