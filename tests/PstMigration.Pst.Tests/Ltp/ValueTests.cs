using System.Runtime.InteropServices;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp;

/// <summary>Every property type, in a property context as stored.</summary>
public class ValueTests
{
    private static readonly PropertyBag s_bag = Read(p => p
        .Set(0x00010002, [0xFE, 0xFF, 0, 0])
        .Set(0x00020003, -5)
        .Set(0x00030004, BitConverter.GetBytes(1.5f))
        .Set(0x00040005, BitConverter.GetBytes(-2.25))
        .Set(0x00050006, 123456L)
        .Set(0x00060007, BitConverter.GetBytes(40000.5))
        .Set(0x0007000A, unchecked((int)0x8004010F))
        .Set(0x0008000B, [1, 0, 0x6F, 0])
        .Set(0x00090014, long.MinValue)
        .Set(0x000A0040, 0x01D7_0000_0000_0000L)
        .Set(0x000B0048, PropertySets.Common.ToByteArray())
        .Set(0x000C001E, "eight\0")
        .Set(0x000D001F, MemoryMarshal.AsBytes("six\uD800teen\0".AsSpan()).ToArray())
        .Set(0x000E0102, [1, 2, 3])
        .Set(0x000F00FB, [4, 5])
        .Set(0x001000FD, [6])
        .Set(0x001100FE, [7])
        .Set(0x00121002, [1, 0, 0xFF, 0xFF])
        .Set(0x00131003, [1, 0, 0, 0, 2, 0, 0, 0])
        .Set(0x00141005, BitConverter.GetBytes(0.5))
        .Set(0x00151014, 7L)
        .Set(0x00161040, 9L)
        .Set(0x00171048, [.. PropertySets.Common.ToByteArray(), .. PropertySets.Task.ToByteArray()])
        .Set(0x0018101F, Several(Encoding.Unicode.GetBytes("a"), Encoding.Unicode.GetBytes(""), Encoding.Unicode.GetBytes("日本")))
        .Set(0x0019101E, Several(Encoding.ASCII.GetBytes("x"), Encoding.ASCII.GetBytes("yz")))
        .Set(0x00201102, Several([1], [2, 3], []))
        .Set(0x0021001F, [])
        .Set(0x00220102, [])
        .Set(0x0023101F, [])
        .Set(0x00240001, 0)
        .Set(0x00250999, 0x40));

    [Fact]
    public void Fixed_sizes()
    {
        Assert.Equal(-2, Get(0x0001).AsInt32());
        Assert.Equal(-5, Get(0x0002).AsInt32());
        Assert.Equal(1.5, Get(0x0003).AsDouble());
        Assert.Equal(-2.25, Get(0x0004).AsDouble());
        Assert.Equal(123456, Get(0x0005).Bits);
        Assert.Equal(40000.5, Get(0x0006).AsDouble());
        Assert.Equal(unchecked((int)0x8004010F), Get(0x0007).AsInt32());
        Assert.True(Get(0x0008).AsBoolean());
        Assert.Equal(1, Get(0x0008).Bits);
        Assert.Equal(long.MinValue, Get(0x0009).AsInt64());
        Assert.Equal(0x01D7_0000_0000_0000L, Get(0x000A).Bits);
        Assert.Equal(PropertySets.Common, Get(0x000B).AsGuid());
    }

    [Fact]
    public void Text_loses_its_terminator_and_nothing_else()
    {
        Assert.Equal("eight", Get(0x000C).AsString());
        Assert.Equal("six\uD800teen", Get(0x000D).AsString());
    }

    [Fact]
    public void Opaque_bytes()
    {
        Assert.Equal([1, 2, 3], Get(0x000E).AsBinary());
        Assert.Equal([4, 5], Get(0x000F).AsBinary());
        Assert.Equal([6], Get(0x0010).AsBinary());
        Assert.Equal([7], Get(0x0011).AsBinary());
    }

    [Fact]
    public void Several_values()
    {
        Assert.Equal(new[] { 1L, -1L }, (long[])Get(0x0012).AsArray()!);
        Assert.Equal(new[] { 1L, 2L }, (long[])Get(0x0013).AsArray()!);
        Assert.Equal(new[] { BitConverter.DoubleToInt64Bits(0.5) }, (long[])Get(0x0014).AsArray()!);
        Assert.Equal(new[] { 7L }, (long[])Get(0x0015).AsArray()!);
        Assert.Equal(new[] { 9L }, (long[])Get(0x0016).AsArray()!);
        Assert.Equal(new[] { PropertySets.Common, PropertySets.Task }, (Guid[])Get(0x0017).AsArray()!);
        Assert.Equal(["a", "", "日本"], Get(0x0018).AsStrings());
        Assert.Equal(["x", "yz"], Get(0x0019).AsStrings());
        Assert.Equal([[1], [2, 3], []], (byte[][])Get(0x0020).AsArray()!);
    }

    [Fact]
    public void Nothing_is_an_empty_value_of_its_type()
    {
        Assert.Equal("", Get(0x0021).AsString());
        Assert.Empty(Get(0x0022).AsBinary()!);
        Assert.Empty(Get(0x0023).AsStrings()!);
        Assert.False(s_bag.Contains(new PropertyKey(0x0024)));
        Assert.False(s_bag.Contains(new PropertyKey(0x0025)));
    }

    [Theory]
    [InlineData(0x1003u, new byte[] { 1, 2, 3 }, 0)]
    [InlineData(0x101Fu, new byte[] { 1, 0, 0 }, -1)]
    [InlineData(0x101Fu, new byte[] { 9, 0, 0, 0, 8, 0, 0, 0 }, -1)]
    [InlineData(0x101Fu, new byte[] { 0xFF, 0xFF, 0xFF, 0x7F, 8, 0, 0, 0 }, -1)]
    [InlineData(0x1102u, new byte[] { 1, 0, 0, 0, 9, 0, 0, 0 }, -1)]
    [InlineData(0x1102u, new byte[] { 2, 0, 0, 0, 14, 0, 0, 0, 12, 0, 0, 0, 1, 2 }, -1)]
    public void Counts_and_offsets_are_checked(uint type, byte[] item, int count)
    {
        bool read = MultiValues.TryRead((PropertyType)type, item, new TextDecoder(() => Encoding.ASCII), out PropertyValue value);

        Assert.Equal(count >= 0, read);
        Assert.Equal(count, read ? value.AsArray()!.Length : -1);
    }

    private static PropertyValue Get(ushort id)
    {
        PropertyKey key = new(id);
        Assert.True(s_bag.TryGet(key, out PropertyValue value), key.ToString());
        return value;
    }

    private static byte[] Several(params byte[][] values)
    {
        int offset = 4 + (4 * values.Length);
        byte[] head = [.. BitConverter.GetBytes(values.Length)];
        foreach (byte[] value in values)
        {
            head = [.. head, .. BitConverter.GetBytes(offset)];
            offset += value.Length;
        }

        return [.. head, .. values.SelectMany(v => v)];
    }

    private static PropertyBag Read(Action<TestProperties> configure)
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId id = new(0x202024);
        TestProperties properties = new(store.File);
        configure(properties);
        properties.AddTo(id, TestStore.Folder);
        using PstFile file = ShapeTests.Open(store.ToArray());
        return file.OpenItem(id).Properties;
    }
}
