namespace PstMigration.Pst.Ltp;

/// <summary>
/// The four-bit hint of how full a heap block is ([MS-PST] 2.3.1.2): 0 with 3,584 bytes and more left, 15 with fewer
/// than 8. Eight of them stand in an HNHDR, 128 in an HNBITMAPHDR, the lower half of a byte first.
/// </summary>
internal static class HeapFillLevel
{
    // Level n + 1 begins below element n.
    private static readonly int[] s_limits = [3584, 2560, 2048, 1792, 1536, 1280, 1024, 768, 512, 256, 128, 64, 32, 16, 8];

    /// <summary>The level of a block with that many bytes left.</summary>
    public static int Of(int free)
    {
        int level = 0;
        while (level < s_limits.Length && free < s_limits[level])
        {
            level++;
        }

        return level;
    }

    /// <summary>The fullest level at which a block is sure to have that many bytes left; -1 for more than any level tells.</summary>
    public static int LastWith(int free)
    {
        int level = -1;
        while (level + 1 < s_limits.Length && s_limits[level + 1] >= free)
        {
            level++;
        }

        return level;
    }

    /// <summary>Element <paramref name="index"/> of an array of levels.</summary>
    public static int Get(ReadOnlySpan<byte> levels, int index) => (levels[index >> 1] >> (4 * (index & 1))) & 0xF;

    /// <summary>Sets element <paramref name="index"/> of an array of levels.</summary>
    public static void Set(Span<byte> levels, int index, int level)
    {
        int shift = 4 * (index & 1);
        levels[index >> 1] = (byte)((levels[index >> 1] & ~(0xF << shift)) | (level << shift));
    }
}
