namespace PstMigration.Pst.Ndb.Disk;

/// <summary>wSig of page and block trailers ([MS-PST] 5.5).</summary>
internal static class TrailerSignature
{
    /// <summary>Folds offset and id into 16 bits. Map pages (AMap, PMap, FMap, FPMap) carry 0 instead.</summary>
    public static ushort Compute(long offset, BlockId id)
    {
        uint value = (uint)offset ^ (uint)id.Value;
        return (ushort)((value >> 16) ^ value);
    }
}
