using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Disk;

public class BlockCipherTests
{
    [Theory]
    [InlineData(PstEncoding.None, 0ul, "48656c6c6f2c2050535421")]
    [InlineData(PstEncoding.Permute, 0ul, "07eafdfd86d84c8f0f637d")]
    [InlineData(PstEncoding.Cyclic, 0x12345678ul, "fbeadc706bc5231dd836eb")]
    [InlineData(PstEncoding.Cyclic, 0xFFFEul, "a23d70077df97886869a92")]
    [InlineData(PstEncoding.Cyclic, 0x5_0000_FFFEul, "a23d70077df97886869a92")]
    public void Encodes_as_specified_and_decodes_back(PstEncoding encoding, ulong id, string encoded)
    {
        byte[] data = Encoding.ASCII.GetBytes("Hello, PST!");

        BlockCipher.Encode(encoding, new BlockId(id), data);
        Assert.Equal(encoded, Hex.Lower(data));

        BlockCipher.Decode(encoding, new BlockId(id), data);
        Assert.Equal("Hello, PST!", Encoding.ASCII.GetString(data));
    }

    [Theory]
    [InlineData(PstEncoding.Permute)]
    [InlineData(PstEncoding.Cyclic)]
    public void Every_byte_value_comes_back(PstEncoding encoding)
    {
        byte[] original = [.. Enumerable.Range(0, 70000).Select(i => (byte)i)];
        byte[] data = [.. original];

        BlockCipher.Encode(encoding, new BlockId(0x1234), data);
        Assert.NotEqual(original, data);
        BlockCipher.Decode(encoding, new BlockId(0x1234), data);

        Assert.Equal(original, data);
    }

    [Fact]
    public void A_byte_is_encoded_the_same_wherever_it_stands()
    {
        // Lengths around those that are taken in one go.
        byte[] original = [.. Enumerable.Range(0, 200).Select(i => (byte)((i * 7) + 130))];
        for (int length = 0; length <= original.Length; length++)
        {
            byte[] together = original.AsSpan(0, length).ToArray();
            BlockCipher.Encode(PstEncoding.Permute, default, together);

            for (int i = 0; i < length; i++)
            {
                byte[] alone = [original[i]];
                BlockCipher.Encode(PstEncoding.Permute, default, alone);
                Assert.Equal(alone[0], together[i]);
            }
        }
    }
}
