using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The ids of blocks that are written before it is known what the file's internal blocks refer to. One that is damaged may refer to an id that was never given, and what is
/// left of its item would read with the new block in it. So they begin anywhere among a quarter of a million ids rather than at bidNextB.
/// </summary>
internal static class UnverifiedIds
{
    // 4,000 such sessions take 32 of the 62 bits an id has.
    private const int Bits = 18;

    /// <summary>The first id, which follows from the state of the file.</summary>
    public static BlockId Begin(PstHeader header)
    {
        // Fibonacci hashing: the high bits of the product are spread evenly, and dwUnique is another after each commit.
        uint skipped = unchecked((header.Unique ^ (uint)header.NextBlock.Value) * 0x9E3779B1) >> (32 - Bits);
        return new BlockId(header.NextBlock.Value + (skipped * BlockId.Step));
    }
}
