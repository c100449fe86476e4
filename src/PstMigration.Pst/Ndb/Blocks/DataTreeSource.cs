using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>A value that is the data of a node or subnode, read when it is wanted.</summary>
internal sealed class DataTreeSource(INodeDatabase database, BlockId root, long length) : BinarySource
{
    public override long? Length => length;

    public override Stream OpenRead() => Open();

    public override byte[] ToArray()
    {
        if (length > int.MaxValue)
        {
            throw new InvalidOperationException("A value over 2 GB can only be read as a stream.");
        }

        using DataTreeStream stream = Open();
        byte[] bytes = new byte[length];

        // Only a file that was changed meanwhile gives less than it said.
        return stream.Fill(bytes) == bytes.Length ? bytes : throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch);
    }

    private DataTreeStream Open() => new(database, DataTree.Open(database, root));
}
