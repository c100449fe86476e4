namespace PstMigration.Pst;

/// <summary>What a data file is for (wMagicClient of the header). The values are the two letters as a little-endian word.</summary>
public enum PstKind : ushort
{
    /// <summary>Personal folders, "SM".</summary>
    Pst = 0x4D53,

    /// <summary>Offline copy of a mailbox, "SO".</summary>
    Ost = 0x4F53,

    /// <summary>Personal address book, "AB".</summary>
    Pab = 0x4241,
}
