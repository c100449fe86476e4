using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb;

/// <summary>A value that is the data of a node or subnode, read when it is wanted.</summary>
internal sealed class DataTreeSource(NodeDatabase database, BlockId root, long length) : BinarySource
{
    public override long Length => length;

    public override Stream OpenRead() => new DataTreeStream(database, DataTree.Open(database, root));
}
