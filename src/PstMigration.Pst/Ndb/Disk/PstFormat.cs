namespace PstMigration.Pst;

/// <summary>The on-disk variant of a data file (wVer of the header; MS-PST 2.2.2.6).</summary>
public enum PstFormat
{
    /// <summary>32-bit file, wVer 14 or 15: 512-byte pages, at most 2 GB, strings in an 8-bit code page.</summary>
    Ansi,

    /// <summary>64-bit file, wVer 21 or 23: 512-byte pages.</summary>
    Unicode,

    /// <summary>64-bit offline store of Outlook 2013 and later, wVer 36: 4096-byte pages, blocks may be zlib-compressed.</summary>
    Unicode4K,
}
