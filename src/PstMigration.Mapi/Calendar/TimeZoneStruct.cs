namespace PstMigration.Mapi;

/// <summary>
/// The time zone of a series ([MS-OXOCAL] 2.2.1.39 PidLidTimeZoneStruct), 48 bytes: i32 bias, i32 standard bias, i32 daylight
/// bias, u16 standard year, SYSTEMTIME standard, u16 daylight year, SYSTEMTIME daylight.
/// </summary>
/// <param name="Bias">Minutes to add to local time to get UTC.</param>
/// <param name="StandardBias">Added to <paramref name="Bias"/> in standard time; mostly 0.</param>
/// <param name="DaylightBias">Added to <paramref name="Bias"/> in daylight time; mostly -60.</param>
/// <param name="StandardDate">When standard time begins.</param>
/// <param name="DaylightDate">When daylight time begins.</param>
public sealed record TimeZoneStruct(int Bias, int StandardBias, int DaylightBias, SystemTimeRule StandardDate, SystemTimeRule DaylightDate)
{
    /// <summary>Bytes of the value.</summary>
    public const int Size = 48;

    /// <summary>Reads a value; null where it is too short.</summary>
    public static TimeZoneStruct? Read(ReadOnlySpan<byte> value)
    {
        BlobReader reader = new(value);
        int bias = reader.Int32();
        int standardBias = reader.Int32();
        int daylightBias = reader.Int32();
        reader.UInt16();
        SystemTimeRule standard = SystemTimeRule.Read(ref reader);
        reader.UInt16();
        SystemTimeRule daylight = SystemTimeRule.Read(ref reader);
        return reader.IsShort ? null : new TimeZoneStruct(bias, standardBias, daylightBias, standard, daylight);
    }

    /// <summary>Writes the value.</summary>
    public byte[] ToArray()
    {
        BlobWriter writer = new();
        writer.Int32(Bias);
        writer.Int32(StandardBias);
        writer.Int32(DaylightBias);
        writer.UInt16(StandardDate.Year);
        StandardDate.Write(writer);
        writer.UInt16(DaylightDate.Year);
        DaylightDate.Write(writer);
        return writer.ToArray();
    }

    /// <summary>The zone for .NET; null where the numbers make none.</summary>
    /// <param name="name">Its id and name.</param>
    public TimeZoneInfo? ToTimeZoneInfo(string name)
    {
        const int MostMinutes = 14 * 60;
        int offset = -(Bias + StandardBias);
        int delta = StandardBias - DaylightBias;
        if (Math.Abs((long)Bias + StandardBias) > MostMinutes || Math.Abs((long)StandardBias - DaylightBias) > MostMinutes
            || Math.Abs((long)Bias + DaylightBias) > MostMinutes || string.IsNullOrEmpty(name))
        {
            return null;
        }

        TimeSpan baseOffset = TimeSpan.FromMinutes(offset);
        bool hasDaylight = !DaylightDate.IsNone && !StandardDate.IsNone && delta != 0;
        if (!hasDaylight)
        {
            return TimeZoneInfo.CreateCustomTimeZone(name, baseOffset, name, name);
        }

        if (DaylightDate.ToTransition() is not TimeZoneInfo.TransitionTime start
            || StandardDate.ToTransition() is not TimeZoneInfo.TransitionTime end || start.Equals(end))
        {
            return null;
        }

        TimeZoneInfo.AdjustmentRule rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromMinutes(delta), start, end);
        return TimeZoneInfo.CreateCustomTimeZone(name, baseOffset, name, name, name, [rule]);
    }
}
