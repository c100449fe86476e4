namespace PstMigration.Pst;

/// <summary>How the data blocks of a file are obfuscated (bCryptMethod of the header). None of them is a secret.</summary>
public enum PstEncoding : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Byte substitution, Outlook's default ("compressible encryption").</summary>
    Permute = 1,

    /// <summary>Byte substitution keyed by the block id ("high encryption").</summary>
    Cyclic = 2,

    /// <summary>Protected by Windows Information Protection; the key is not in the file.</summary>
    WindowsInformationProtection = 0x10,
}
