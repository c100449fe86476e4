using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb;

public class PstCrcTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0x2DFD2D88u)]
    [InlineData("Password1", 0x11A89DA7u)]
    public void Known_values(string text, uint expected) =>
        Assert.Equal(expected, MapiCrc.Compute(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(192)]
    [InlineData(771)]
    public void Any_split_gives_the_same_as_byte_by_byte(int length)
    {
        byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 37) ^ (i >> 3)))];
        uint bytewise = data.Aggregate(0u, (crc, b) => MapiCrc.Append(crc, [b]));

        for (int split = 0; split <= length; split++)
        {
            Assert.Equal(bytewise, MapiCrc.Append(MapiCrc.Compute(data.AsSpan(0, split)), data.AsSpan(split)));
        }
    }
}
