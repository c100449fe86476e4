using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Tests.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

/// <summary>Values of every type a file has, small and large, and their comparison.</summary>
internal static class RandomValues
{
    private static readonly PropertyType[] s_fixed =
    [
        PropertyType.Integer16, PropertyType.Integer32, PropertyType.Floating32, PropertyType.Floating64, PropertyType.Boolean,
        PropertyType.Integer64, PropertyType.Time,
    ];

    /// <summary>A value of any type.</summary>
    public static PropertyValue Next(Random random) => random.Next(12) switch
    {
        0 => PropertyValue.FromGuid(new Guid(SampleItems.Bytes(random.Next(), 16))),
        1 => PropertyValue.FromMultiple(PropertyType.MultipleString, Enumerable.Range(0, random.Next(5)).Select(_ => Text(random)).ToArray()),
        2 => PropertyValue.FromMultiple(PropertyType.MultipleInteger32, Enumerable.Range(0, random.Next(9)).Select(i => (long)i).ToArray()),
        3 => PropertyValue.FromBinary(SampleItems.Bytes(random.Next(), Length(random))),
        4 => PropertyValue.FromBinary(BinarySource.FromBytes(SampleItems.Bytes(random.Next(), Length(random)))),
        5 => PropertyValue.FromBinary(SampleItems.Bytes(random.Next(), 1 + random.Next(30_000)), PropertyType.Object),
        < 8 => PropertyValue.FromString(Text(random)),
        _ => OfType(random, s_fixed[random.Next(s_fixed.Length)]),
    };

    /// <summary>A value of a type tables have cells of.</summary>
    public static PropertyValue OfType(Random random, PropertyType type) => type switch
    {
        PropertyType.String => PropertyValue.FromString(Text(random)),
        PropertyType.Binary => PropertyValue.FromBinary(SampleItems.Bytes(random.Next(), Length(random))),
        PropertyType.Guid => PropertyValue.FromGuid(new Guid(SampleItems.Bytes(random.Next(), 16))),
        PropertyType.MultipleInteger32 => PropertyValue.FromMultiple(type, Enumerable.Range(0, random.Next(9)).Select(i => (long)i).ToArray()),
        PropertyType.Boolean => PropertyValue.FromBoolean(random.Next(2) == 0),
        PropertyType.Integer16 => PropertyValue.FromInt16((short)random.Next()),
        PropertyType.Integer32 or PropertyType.Floating32 or PropertyType.ErrorCode => PropertyValue.FromBits(type, random.Next()),
        _ => PropertyValue.FromBits(type, ((long)random.Next() << 32) | (uint)random.Next()),
    };

    /// <summary>What was read is what was written.</summary>
    public static void AssertEqual(PropertyValue expected, PropertyValue actual)
    {
        Assert.True(actual.Type == expected.Type || actual.Type == PropertyValueWriter.StoredType(expected));
        Assert.Equal(expected.Bits, actual.Bits);
        Assert.Equal(expected.AsGuid(), actual.AsGuid());
        Assert.Equal(expected.AsArray(), actual.AsArray());
        Assert.Equal(expected.AsSource()?.ToArray(), actual.AsSource()?.ToArray());
    }

    // Mostly short, now and then too long for a heap.
    private static int Length(Random random) => random.Next(20) switch
    {
        0 => 0,
        1 => random.Next(3500, 3700),
        2 => random.Next(8000, 40_000),
        < 6 => random.Next(1, 1500),
        _ => random.Next(1, 100),
    };

    private static string Text(Random random) => new((char)random.Next('a', 'z'), Length(random) / 2);
}
