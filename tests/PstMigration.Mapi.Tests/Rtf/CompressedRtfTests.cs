using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Rtf;

public sealed class CompressedRtfTests
{
    /// <summary>The examples of [MS-OXRTFCP] 4.</summary>
    [Theory]
    [InlineData(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
        "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")]
    [InlineData("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}")]
    public void Reads_the_published_examples(string hex, string rtf)
    {
        byte[] result = CompressedRtf.Decompress(Bytes(hex), out RtfDefects defects);

        Assert.Equal(RtfDefects.None, defects);
        Assert.Equal(rtf, Encoding.ASCII.GetString(result));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void Reads_back_what_it_wrote(int size)
    {
        Random random = new(size);
        byte[] noise = new byte[size];
        random.NextBytes(noise);
        byte[] letters = noise.Select(b => (byte)('a' + (b % 4))).ToArray();
        byte[] monotone = Enumerable.Repeat((byte)'x', size).ToArray();
        foreach (byte[] text in new[] { noise.Select(b => (byte)(b | 1)).ToArray(), letters, monotone })
        {
            byte[] back = CompressedRtf.Decompress(CompressedRtf.Compress(text), out RtfDefects defects);

            Assert.Equal(RtfDefects.None, defects);
            Assert.Equal(text, back);
            Assert.Equal(text, CompressedRtf.Decompress(CompressedRtf.Store(text), out defects));
            Assert.Equal(RtfDefects.None, defects);
        }
    }

    [Fact]
    public void Compresses_repetition()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\\pard\\plain\\f0\\fs20 line\\par\r\n", 1000)));

        Assert.InRange(CompressedRtf.Compress(text).Length, 1, text.Length / 6);
    }

    [Fact]
    public void A_changed_byte_is_noticed_and_the_text_still_given()
    {
        byte[] value = CompressedRtf.Compress(Encoding.ASCII.GetBytes("{\\rtf1 some text nobody has written before}"));
        value[20] ^= 1;

        byte[] rtf = CompressedRtf.Decompress(value, out RtfDefects defects);

        Assert.True((defects & RtfDefects.Checksum) != 0);
        Assert.NotEmpty(rtf);
    }

    [Fact]
    public void A_cut_value_gives_its_beginning()
    {
        byte[] text = Encoding.ASCII.GetBytes("{\\rtf1 " + string.Join(" ", Enumerable.Range(0, 500)) + "}");
        byte[] value = CompressedRtf.Compress(text);

        byte[] rtf = CompressedRtf.Decompress(value.AsSpan(0, value.Length / 2), out RtfDefects defects);

        Assert.True((defects & RtfDefects.Truncated) != 0);
        Assert.InRange(rtf.Length, 100, text.Length - 1);
        Assert.Equal(text.Take(rtf.Length), rtf);
    }

    [Fact]
    public void The_limit_holds()
    {
        byte[] value = CompressedRtf.Compress(new byte[100_000].Select(_ => (byte)'a').ToArray());

        byte[] rtf = CompressedRtf.Decompress(value, out RtfDefects defects, maximumSize: 1000);

        Assert.Equal(1000, rtf.Length);
        Assert.Equal(RtfDefects.TooLarge, defects);
    }

    [Fact]
    public void A_size_out_of_thin_air_costs_no_memory()
    {
        byte[] value = CompressedRtf.Compress("{\\rtf1}"u8);
        value.AsSpan(4, 4).Fill(0xFF);

        Assert.Equal("{\\rtf1}", Encoding.ASCII.GetString(CompressedRtf.Decompress(value, out RtfDefects defects)));
        Assert.Equal(RtfDefects.Truncated, defects);
    }

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] value = CompressedRtf.Compress("{\\rtf1 abc abc abc}"u8).Concat(new byte[20]).ToArray();
            for (int k = 0; k < 4; k++)
            {
                value[random.Next(value.Length)] = (byte)random.Next(256);
            }

            CompressedRtf.Decompress(value.AsSpan(0, random.Next(value.Length)), out _);
        }

        Assert.Empty(CompressedRtf.Decompress([1, 2, 3], out RtfDefects defects));
        Assert.Equal(RtfDefects.UnknownFormat, defects);
    }

    private static byte[] Bytes(string hex) =>
        Enumerable.Range(0, hex.Length / 2).Select(i => Convert.ToByte(hex.Substring(i * 2, 2), 16)).ToArray();
}
