namespace PstMigration.Fuzz;

/// <summary>Ways to spoil a file.</summary>
internal enum CaseKind
{
    /// <summary>Bits, lengths and offsets in header, pages and blocks, mostly sealed again with right checksums.</summary>
    Change,

    /// <summary>Four pairs of 512-byte sectors change places; nothing is sealed.</summary>
    Swap,

    /// <summary>The end is missing.</summary>
    Cut,
}
