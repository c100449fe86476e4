using Xunit;

namespace PstMigration.Mapi.Tests.Binary;

public sealed class StreamFillingTests
{
    [Theory]
    [InlineData(1, 2, 2, new byte[] { 0, 1, 2, 0 })]
    [InlineData(0, 4, 3, new byte[] { 1, 2, 3, 0 })]
    [InlineData(4, 0, 0, new byte[] { 0, 0, 0, 0 })]
    public void A_part_of_a_buffer_is_filled_as_far_as_there_are_bytes(int offset, int count, int read, byte[] expected)
    {
        using OneByteStream stream = new([1, 2, 3]);
        byte[] buffer = new byte[4];

        Assert.Equal(read, stream.Fill(buffer, offset, count));
        Assert.Equal(expected, buffer);
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
