using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Files;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Blocks;

public sealed class SharedBlockTests
{
    [Fact]
    public void A_full_reference_count_is_followed_by_a_copy()
    {
        using NoOutput output = new();
        NdbWriter ndb = new(output, PstEncoding.None);
        SharedBlock block = new(ndb.Blocks, [1, 2, 3]);

        // The count of a block is one more than its references.
        WrittenNode first = block.Refer();
        WrittenNode last = first;
        for (int i = 1; i < ushort.MaxValue - 1; i++)
        {
            last = block.Refer();
        }

        WrittenNode next = block.Refer();

        Assert.Equal(first, last);
        Assert.NotEqual(first.Data, next.Data);
        Assert.Equal((ushort.MaxValue, 2), (ndb.Blocks.Entries[0].References, ndb.Blocks.Entries[1].References));
    }

    private sealed class NoOutput : IFileOutput
    {
        public bool HasFailed => false;

        public long Length => 0;

        public int ReadAt(long offset, Span<byte> buffer) => 0;

        public void WriteAt(long offset, byte[] bytes, int count)
        {
        }

        public void SetLength(long length)
        {
        }

        public void Dispose()
        {
        }
    }
}
