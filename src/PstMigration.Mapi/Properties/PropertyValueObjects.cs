namespace PstMigration.Mapi;

/// <summary>The .NET values of stored bits; see <see cref="PropertyValue.ToObject"/>.</summary>
internal static class PropertyValueObjects
{
    private const double MinFloatingTime = -657434;
    private const double MaxFloatingTime = 2958466;

    /// <summary>One value; null for a time outside .NET's range.</summary>
    public static object? FromBits(PropertyType type, long bits) => type switch
    {
        PropertyType.Integer16 => (short)bits,
        PropertyType.Integer32 or PropertyType.ErrorCode => (int)bits,
        PropertyType.Boolean => bits != 0,
        PropertyType.Floating32 => Single(bits),
        PropertyType.Floating64 => BitConverter.Int64BitsToDouble(bits),
        PropertyType.Currency => Currency(bits),
        PropertyType.FloatingTime => FloatingTime(bits),
        PropertyType.Time => Time(bits),
        _ => bits,
    };

    /// <summary>Several values in an array of their type.</summary>
    public static Array FromBits(PropertyType element, long[] bits) => element switch
    {
        PropertyType.Integer16 => Array.ConvertAll(bits, b => (short)b),
        PropertyType.Integer32 => Array.ConvertAll(bits, b => (int)b),
        PropertyType.Floating32 => Array.ConvertAll(bits, Single),
        PropertyType.Floating64 => Array.ConvertAll(bits, BitConverter.Int64BitsToDouble),
        PropertyType.Currency => Array.ConvertAll(bits, Currency),
        PropertyType.FloatingTime => Array.ConvertAll(bits, FloatingTime),
        PropertyType.Time => Array.ConvertAll(bits, Time),
        _ => bits,
    };

    private static float Single(long bits) => BitConverter.ToSingle(BitConverter.GetBytes((int)bits), 0);

    private static decimal Currency(long bits) => bits / 10000m;

    private static DateTime? FloatingTime(long bits) =>
        BitConverter.Int64BitsToDouble(bits) is > MinFloatingTime and < MaxFloatingTime and double days ? DateTime.FromOADate(days) : null;

    private static DateTimeOffset? Time(long bits) => MapiTime.TryFromFileTime(bits, out DateTimeOffset time) ? time : null;
}
