using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// One rule of a <see cref="TimeZoneDefinition"/>, 66 bytes: u8 2, u8 1, u16 0x3E, u16 flags (1 the rule of the recurrence, 2
/// the effective rule), u16 year, u16 month 1, u16 0, u16 day 1 and 8 zero bytes (the rest of a SYSTEMTIME: Outlook writes it so,
/// though the specification reserves these 14 bytes), i32 bias, i32 standard bias, i32 daylight bias, two SYSTEMTIMEs.
/// </summary>
/// <param name="IsRecurrenceRule">It is the rule the recurrence was made with.</param>
/// <param name="IsEffective">It is the rule in force when the value was written.</param>
/// <param name="Year">The first year it holds for.</param>
/// <param name="Zone">Biases and dates.</param>
public sealed record TimeZoneRule(bool IsRecurrenceRule, bool IsEffective, int Year, TimeZoneStruct Zone)
{
    /// <summary>Bytes of a rule.</summary>
    internal const int Size = 66;

    private const int Version = 0x0102;
    private const int BytesAfterHeader = 0x3E;

    internal static TimeZoneRule Read(ref BlobReader reader)
    {
        reader.UInt16();
        reader.UInt16();
        int flags = reader.UInt16();
        int year = reader.UInt16();
        reader.Bytes(14);
        int bias = reader.Int32();
        int standardBias = reader.Int32();
        int daylightBias = reader.Int32();
        SystemTimeRule standard = SystemTimeRule.Read(ref reader);
        SystemTimeRule daylight = SystemTimeRule.Read(ref reader);
        return new TimeZoneRule((flags & 1) != 0, (flags & 2) != 0, year, new TimeZoneStruct(bias, standardBias, daylightBias, standard, daylight));
    }

    internal void Write(BlobWriter writer)
    {
        writer.UInt16(Version);
        writer.UInt16(BytesAfterHeader);
        writer.UInt16((IsRecurrenceRule ? 1 : 0) | (IsEffective ? 2 : 0));
        writer.UInt16(Year);
        writer.Bytes([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Int32(Zone.Bias);
        writer.Int32(Zone.StandardBias);
        writer.Int32(Zone.DaylightBias);
        Zone.StandardDate.Write(writer);
        Zone.DaylightDate.Write(writer);
    }
}

/// <summary>
/// A time zone with its history ([MS-OXOCAL] 2.2.1.41 PidLidAppointmentTimeZoneDefinition...): u8 2, u8 1, u16 size of the
/// header, u16 2, u16 characters of the key name, the name in UTF-16, u16 count, rules.
/// </summary>
/// <param name="KeyName">The Windows id, such as Tokyo Standard Time.</param>
/// <param name="Rules">At least one.</param>
public sealed record TimeZoneDefinition(string KeyName, IReadOnlyList<TimeZoneRule> Rules)
{
    private const int Version = 0x0102;

    /// <summary>The rule in force, or the latest one; null where there are none.</summary>
    public TimeZoneRule? Effective => Rules.FirstOrDefault(r => r.IsEffective) ?? (Rules.Count > 0 ? Rules[Rules.Count - 1] : null);

    /// <summary>Reads a value; null where it is damaged.</summary>
    public static TimeZoneDefinition? Read(ReadOnlySpan<byte> value)
    {
        BlobReader reader = new(value);
        bool isKnown = reader.UInt16() == Version;
        int headerSize = reader.UInt16();
        int reserved = reader.UInt16();
        int length = reader.UInt16();
        string name = Encoding.Unicode.GetString(reader.Bytes((uint)length * 2));
        int count = reader.UInt16();
        if (reader.IsShort || !isKnown || reserved != 2 || headerSize < 6 || count > reader.Remaining / TimeZoneRule.Size)
        {
            return null;
        }

        TimeZoneRule[] rules = new TimeZoneRule[count];
        for (int i = 0; i < count; i++)
        {
            rules[i] = TimeZoneRule.Read(ref reader);
        }

        return new TimeZoneDefinition(name.TrimEnd('\0'), rules);
    }

    /// <summary>Writes the value.</summary>
    public byte[] ToArray()
    {
        BlobWriter writer = new();
        writer.UInt16(Version);
        writer.UInt16(6 + (KeyName.Length * 2));
        writer.UInt16(2);
        writer.UInt16(KeyName.Length);
        writer.Bytes(Encoding.Unicode.GetBytes(KeyName));
        writer.UInt16(Rules.Count);
        foreach (TimeZoneRule rule in Rules)
        {
            rule.Write(writer);
        }

        return writer.ToArray();
    }

    /// <summary>The zone for .NET by its effective rule; null where that makes none.</summary>
    public TimeZoneInfo? ToTimeZoneInfo() => Effective?.Zone.ToTimeZoneInfo(KeyName);
}
