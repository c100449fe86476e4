using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// A data tree as a stream. Holds one block at a time; forward reading and forward seeking look at each leaf once, seeking
/// back starts over with the sizes in the BBT.
/// </summary>
internal sealed class DataTreeStream(INodeDatabase database, DataTree tree) : ReadOnlySpanStream
{
    private int _leaf = -1;
    private long _leafStart;
    private int _leafLength;
    private PooledBlock? _block;

    public override long Length => tree.Length;

    protected override int ReadAt(long position, Span<byte> buffer)
    {
        MoveTo(position);
        _block ??= tree.ReadLeaf(_leaf);
        int offset = (int)(position - _leafStart);
        int count = (int)Math.Min(Math.Min(buffer.Length, _leafLength - offset), Length - position);
        _block.Value.Data.Slice(offset, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        Release();
        base.Dispose(disposing);
    }

    private void MoveTo(long position)
    {
        if (position < _leafStart)
        {
            Release();
            _leaf = -1;
            _leafStart = 0;
            _leafLength = 0;
        }

        while (_leaf < 0 || position >= _leafStart + _leafLength)
        {
            Release();
            if (!tree.TryGetLeaf(_leaf + 1, out BlockId id))
            {
                // The root promised more bytes than its leaves have.
                throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch);
            }

            // Who reads on wants the next leaf; of those a seek passes over, only the length matters.
            long start = _leafStart + _leafLength;
            _block = position == start ? database.ReadBlock(id) : null;
            _leafLength = _block?.Length ?? database.FindBlock(id).InflatedLength;
            _leafStart = start;
            _leaf++;
        }
    }

    private void Release()
    {
        _block?.Dispose();
        _block = null;
    }
}
