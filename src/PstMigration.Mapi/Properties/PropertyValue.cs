using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// One property value with its type. Numbers are kept as their 64 bits, so that what was read is what is written,
/// times outside .NET's range included. Strings, byte strings and objects may be <see cref="BinarySource"/>s that are
/// read on demand (UTF-16LE for strings). The accessors convert where the meaning is the same and give null elsewhere.
/// </summary>
public readonly struct PropertyValue
{
    /// <summary>
    /// Bytes of the largest value that is read into memory as text or bytes. Larger ones are read as streams (<see cref="Source"/>), by those who can; to all others it is
    /// as if they were not there, which is told (<see cref="LargeValues"/>).
    /// </summary>
    public const int LargestInMemory = 32 * 1024 * 1024;

    private readonly long _bits;
    private readonly object? _object;

    private PropertyValue(PropertyType type, long bits, object? value)
    {
        Type = type;
        _bits = bits;
        _object = value;
    }

    /// <summary>The type of the value.</summary>
    public PropertyType Type { get; }

    /// <summary>The value of a fixed-size type as stored: integers sign-extended, floating point as its IEEE bits, times as FILETIME.</summary>
    public long Bits => _bits;

    /// <summary>The large value behind this one, or null when it is held in memory.</summary>
    public BinarySource? Source => _object as BinarySource;

    /// <summary>The same value over another source; a value held in memory as it is.</summary>
    internal PropertyValue With(Func<BinarySource, BinarySource> replace) => Source is BinarySource source ? new(Type, 0, replace(source)) : this;

    /// <summary>Whether it can only be read as a stream: there is a <see cref="Source"/> of more than <see cref="LargestInMemory"/>.</summary>
    public bool IsLarge => Source?.IsLongerThan(LargestInMemory) == true;

    /// <summary>A fixed-size value from its stored bits; the inverse of <see cref="Bits"/>.</summary>
    /// <exception cref="ArgumentException">The type has no fixed size of 8 bytes or less.</exception>
    public static PropertyValue FromBits(PropertyType type, long bits) =>
        PropertyTypes.FixedSize(type) is > 0 and <= 8
            ? new(type, bits, null)
            : throw new ArgumentException("Not a fixed-size type: " + type, nameof(type));

    /// <summary>A 16-bit integer.</summary>
    public static PropertyValue FromInt16(short value) => new(PropertyType.Integer16, value, null);

    /// <summary>A 32-bit integer.</summary>
    public static PropertyValue FromInt32(int value) => new(PropertyType.Integer32, value, null);

    /// <summary>A 64-bit integer.</summary>
    public static PropertyValue FromInt64(long value) => new(PropertyType.Integer64, value, null);

    /// <summary>A Boolean.</summary>
    public static PropertyValue FromBoolean(bool value) => new(PropertyType.Boolean, value ? 1 : 0, null);

    /// <summary>A 64-bit floating point number.</summary>
    public static PropertyValue FromDouble(double value) => new(PropertyType.Floating64, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A point in time, stored in UTC.</summary>
    public static PropertyValue FromTime(DateTimeOffset value) => new(PropertyType.Time, value.ToFileTime(), null);

    /// <summary>A GUID.</summary>
    public static PropertyValue FromGuid(Guid value) => new(PropertyType.Guid, 0, value);

    /// <summary>Text.</summary>
    public static PropertyValue FromString(string value) => FromString(value, PropertyType.String);

    /// <summary>Decoded text that was or is to be stored as <paramref name="type"/>, String or String8.</summary>
    public static PropertyValue FromString(string value, PropertyType type) =>
        new(type, 0, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>Long text, as a source of UTF-16LE bytes.</summary>
    public static PropertyValue FromString(BinarySource utf16) => new(PropertyType.String, 0, utf16);

    /// <summary>Bytes; not copied.</summary>
    public static PropertyValue FromBinary(byte[] value) => FromBinary(value, PropertyType.Binary);

    /// <summary>Bytes of one of the opaque types; not copied.</summary>
    public static PropertyValue FromBinary(byte[] value, PropertyType type) =>
        new(type, 0, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>Bytes read on demand, for Binary, Object and the opaque types.</summary>
    public static PropertyValue FromBinary(BinarySource value, PropertyType type = PropertyType.Binary) =>
        new(type, 0, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>
    /// Several values: <c>long[]</c> (the stored bits) for the fixed-size types, <c>Guid[]</c>, <c>string[]</c> or <c>byte[][]</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The array does not fit the type.</exception>
    public static PropertyValue FromMultiple(PropertyType type, Array values)
    {
        if (values is null)
        {
            throw new ArgumentNullException(nameof(values));
        }

        Type expected = type switch
        {
            PropertyType.MultipleString or PropertyType.MultipleString8 => typeof(string[]),
            PropertyType.MultipleBinary => typeof(byte[][]),
            PropertyType.MultipleGuid => typeof(Guid[]),
            _ when PropertyTypes.IsMultiple(type) => typeof(long[]),
            _ => throw new ArgumentException("Not a multi-valued type: " + type, nameof(type)),
        };
        return expected == values.GetType()
            ? new(type, 0, values)
            : throw new ArgumentException($"{type} takes {expected.Name}, not {values.GetType().Name}.", nameof(values));
    }

    /// <summary>An integer of any width, an error code or a Boolean, if it fits.</summary>
    public int? AsInt32() => AsInt64() is long v and >= int.MinValue and <= int.MaxValue ? (int)v : null;

    /// <summary>An integer of any width, an error code or a Boolean.</summary>
    public long? AsInt64() => Type switch
    {
        PropertyType.Integer16 or PropertyType.Integer32 or PropertyType.Integer64 or PropertyType.ErrorCode or PropertyType.Boolean => _bits,
        _ => null,
    };

    /// <summary>A Boolean, or an integer read as one.</summary>
    public bool? AsBoolean() => AsInt64() is long v ? v != 0 : null;

    /// <summary>A floating point number.</summary>
    public double? AsDouble() => Type switch
    {
        PropertyType.Floating64 or PropertyType.FloatingTime => BitConverter.Int64BitsToDouble(_bits),
        PropertyType.Floating32 => BitConverter.ToSingle(BitConverter.GetBytes((int)_bits), 0),
        _ => null,
    };

    /// <summary>A time in UTC; null where the stored FILETIME is outside .NET's range.</summary>
    public DateTimeOffset? AsTime() => Type == PropertyType.Time && MapiTime.TryFromFileTime(_bits, out DateTimeOffset time) ? time : null;

    /// <summary>A GUID.</summary>
    public Guid? AsGuid() => _object is Guid guid ? guid : null;

    /// <summary>Text; reads the source where there is one. Null where it is too large for memory.</summary>
    public string? AsString() => Type is PropertyType.String or PropertyType.String8
        ? _object switch
        {
            string text => text,
            BinarySource source => source.TryToArray(LargestInMemory) is byte[] utf16 ? Encoding.Unicode.GetString(utf16) : null,
            _ => null,
        }
        : null;

    /// <summary>Bytes; reads the source where there is one. Not a copy: leave them as they are. Null where they are too many for memory.</summary>
    public byte[]? AsBinary() => IsBytes
        ? _object switch
        {
            byte[] bytes => bytes,
            BinarySource source => source.TryToArray(LargestInMemory),
            _ => null,
        }
        : null;

    /// <summary>Several values, in the array types of <see cref="FromMultiple"/>; null for a single value.</summary>
    public Array? AsArray() => PropertyTypes.IsMultiple(Type) ? _object as Array : null;

    /// <summary>Several strings, or one string as a list of one.</summary>
    public IReadOnlyList<string>? AsStrings() => _object as string[] ?? (AsString() is string one ? [one] : null);

    /// <summary>Bytes of a string, binary or object value, whichever way it is held; UTF-16LE for text. Null for other types.</summary>
    public BinarySource? AsSource() => _object switch
    {
        BinarySource source => source,
        byte[] bytes => BinarySource.FromBytes(bytes),
        string text => BinarySource.FromBytes(Encoding.Unicode.GetBytes(text)),
        _ => null,
    };

    /// <summary>
    /// The value as .NET has it: <c>short</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>decimal</c> (currency), <c>bool</c>,
    /// <c>string</c>, <see cref="DateTimeOffset"/> in UTC, <see cref="DateTime"/> of no kind (floating time), <see cref="Guid"/>, <c>byte[]</c>,
    /// and arrays of these for several values. Null where there is no value, or a time is outside .NET's range. Reads the source where
    /// there is one.
    /// </summary>
    public object? ToObject() => AsArray() is Array several
        ? several is long[] bits ? PropertyValueObjects.FromBits(PropertyTypes.Element(Type), bits) : several
        : PropertyTypes.FixedSize(Type) is > 0 and <= 8 ? PropertyValueObjects.FromBits(Type, _bits)
        : AsString() ?? AsBinary() ?? _object;

    /// <inheritdoc/>
    public override string ToString() => AsString() ?? Type.ToString();

    private bool IsBytes => Type is PropertyType.Binary or PropertyType.Object or PropertyType.ServerId
        or PropertyType.Restriction or PropertyType.RuleAction;
}
