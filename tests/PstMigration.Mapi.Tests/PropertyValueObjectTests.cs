using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests;

public sealed class PropertyValueObjectTests
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 5, 8, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Single_values_have_the_types_of_dotnet()
    {
        Assert.Equal((short)-2, PropertyValue.FromInt16(-2).ToObject());
        Assert.Equal(int.MinValue, PropertyValue.FromInt32(int.MinValue).ToObject());
        Assert.Equal(1.5f, PropertyValue.FromBits(PropertyType.Floating32, 0x3FC00000).ToObject());
        Assert.Equal(-2.25, PropertyValue.FromDouble(-2.25).ToObject());
        Assert.Equal(12345.6789m, PropertyValue.FromBits(PropertyType.Currency, 123456789).ToObject());
        Assert.Equal(new DateTime(2025, 1, 21, 12, 0, 0), PropertyValue.FromBits(PropertyType.FloatingTime, BitConverter.DoubleToInt64Bits(45678.5)).ToObject());
        Assert.Equal(unchecked((int)0x8004010F), PropertyValue.FromBits(PropertyType.ErrorCode, unchecked((int)0x8004010F)).ToObject());
        Assert.Equal(true, PropertyValue.FromBoolean(true).ToObject());
        Assert.Equal(long.MinValue, PropertyValue.FromInt64(long.MinValue).ToObject());
        Assert.Equal("text", PropertyValue.FromString("text", PropertyType.String8).ToObject());
        Assert.Equal("long", PropertyValue.FromString(BinarySource.FromBytes(Encoding.Unicode.GetBytes("long"))).ToObject());
        Assert.Equal(s_time, PropertyValue.FromTime(s_time).ToObject());
        Assert.Equal(PropertySets.Common, PropertyValue.FromGuid(PropertySets.Common).ToObject());
        Assert.Equal(new byte[] { 1, 2 }, PropertyValue.FromBinary([1, 2], PropertyType.ServerId).ToObject());
    }

    [Fact]
    public void What_dotnet_cannot_hold_is_nothing()
    {
        Assert.Null(default(PropertyValue).ToObject());
        Assert.Null(PropertyValue.FromBits(PropertyType.Time, long.MaxValue).ToObject());
        Assert.Null(PropertyValue.FromBits(PropertyType.FloatingTime, BitConverter.DoubleToInt64Bits(double.NaN)).ToObject());
    }

    [Fact]
    public void Several_values_are_arrays_of_their_type()
    {
        Assert.Equal(new short[] { 1, -1 }, PropertyValue.FromMultiple(PropertyType.MultipleInteger16, new long[] { 1, -1 }).ToObject());
        Assert.Equal(new[] { 1, -1 }, PropertyValue.FromMultiple(PropertyType.MultipleInteger32, new long[] { 1, -1 }).ToObject());
        Assert.Equal(new long[] { 1 }, PropertyValue.FromMultiple(PropertyType.MultipleInteger64, new long[] { 1 }).ToObject());
        Assert.Equal(new[] { 1.25 }, PropertyValue.FromMultiple(PropertyType.MultipleFloating64, new[] { BitConverter.DoubleToInt64Bits(1.25) }).ToObject());
        Assert.Equal(new[] { 1m }, PropertyValue.FromMultiple(PropertyType.MultipleCurrency, new long[] { 10000 }).ToObject());
        Assert.Equal(new DateTimeOffset?[] { s_time, null }, PropertyValue.FromMultiple(PropertyType.MultipleTime, new[] { s_time.ToFileTime(), long.MaxValue }).ToObject());
        Assert.Equal(new[] { "a", "" }, PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "a", "" }).ToObject());
        Assert.Equal(new[] { PropertySets.Task }, PropertyValue.FromMultiple(PropertyType.MultipleGuid, new[] { PropertySets.Task }).ToObject());
        Assert.Equal(new[] { new byte[] { 1 } }, PropertyValue.FromMultiple(PropertyType.MultipleBinary, new[] { new byte[] { 1 } }).ToObject());
    }
}
