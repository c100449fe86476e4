using System.Diagnostics.CodeAnalysis;

namespace PstMigration.Mapi;

/// <summary>
/// A recurrence without times of day ([MS-OXOCAL] 2.2.1.44.1): the whole value of a recurring task and the first
/// half of a recurring appointment's. All dates are midnights in the time zone of the series.
/// </summary>
/// <remarks>
/// <code>
/// u16 0x3004, u16 0x3004, u16 frequency, u16 pattern type, u16 calendar type, u32 first date-time, u32 period, u32 sliding
/// week: u32 days | month, month end: u32 day | month nth: u32 days, u32 n (5 last) | day: nothing
/// u32 end type, u32 occurrence count, u32 first day of week,
/// u32 count + u32[] deleted dates (modified ones among them), u32 count + u32[] modified dates, u32 start, u32 end
/// </code>
/// </remarks>
public sealed record RecurrencePattern
{
    private const ushort Version = 0x3004;
    private const uint NeverEnds = 0x5AE980DF;

    /// <summary>The end of a series without end, as it is stored: 4500-12-31 23:59.</summary>
    public static readonly DateTime Never = CalendarMinutes.ToTime(NeverEnds);

    /// <summary>How it is named to people.</summary>
    public RecurrenceFrequency Frequency { get; init; } = RecurrenceFrequency.Daily;

    /// <summary>How its days are found.</summary>
    public RecurrencePatternType PatternType { get; init; }

    /// <summary>The calendar ([MS-OXOCAL] CalendarType): 0 default, 1 Gregorian, 6 Hijri ...</summary>
    public int CalendarType { get; init; }

    /// <summary>Days, weeks or months from one to the next, by <see cref="PatternType"/>; 12 for a year.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>Of a task: the next one is counted from when this one is done.</summary>
    public bool IsSliding { get; init; }

    /// <summary>The weekdays of the pattern types Week and MonthNth.</summary>
    public WeekDays Days { get; init; }

    /// <summary>The day of the pattern types Month and MonthEnd; days a month does not have mean its last.</summary>
    public int DayOfMonth { get; init; }

    /// <summary>1 to 4, or 5 for the last, of the pattern type MonthNth.</summary>
    public int Nth { get; init; }

    /// <summary>When it ends.</summary>
    public RecurrenceEnd End { get; init; } = RecurrenceEnd.Never;

    /// <summary>Occurrences in all; 10 is stored where there is no end.</summary>
    public int OccurrenceCount { get; init; } = 10;

    /// <summary>The day weeks begin with.</summary>
    public DayOfWeek FirstDayOfWeek { get; init; }

    /// <summary>Days that are left out. The original days of changed occurrences are among them.</summary>
    public IReadOnlyList<DateTime> DeletedDates { get; init; } = [];

    /// <summary>Days of changed occurrences, where they are now.</summary>
    public IReadOnlyList<DateTime> ModifiedDates { get; init; } = [];

    /// <summary>The day of the first occurrence.</summary>
    public DateTime StartDate { get; init; } = CalendarMinutes.Epoch;

    /// <summary>The day of the last occurrence; <see cref="Never"/> where there is none.</summary>
    public DateTime EndDate { get; init; } = Never;

    /// <summary>Whether <see cref="RecurrenceCalculator"/> can tell the days: not for Hijri and lunar calendars nor sliding tasks.</summary>
    public bool IsComputable => !IsSliding && Interval > 0 && (!IsMonthly || IsGregorian)
        && PatternType is >= RecurrencePatternType.Day and <= RecurrencePatternType.MonthEnd
        && (PatternType is not (RecurrencePatternType.Week or RecurrencePatternType.MonthNth) || ((int)Days & 0x7F) != 0);

    private bool IsMonthly => PatternType is not (RecurrencePatternType.Day or RecurrencePatternType.Week);

    private bool IsGregorian => CalendarType is >= 0 and <= 5 or 7 or >= 9 and <= 12;

    /// <summary>Reads the value of a task.</summary>
    /// <returns>False where the value is damaged.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RecurrencePattern? pattern)
    {
        BlobReader reader = new(value);
        pattern = Read(ref reader);
        return pattern is not null;
    }

    /// <summary>Writes the value of a task.</summary>
    public byte[] ToArray()
    {
        BlobWriter writer = new();
        Write(writer);
        return writer.ToArray();
    }

    internal static RecurrencePattern? Read(ref BlobReader reader)
    {
        ushort readerVersion = reader.UInt16();
        reader.UInt16();
        RecurrenceFrequency frequency = (RecurrenceFrequency)reader.UInt16();
        RecurrencePatternType type = (RecurrencePatternType)reader.UInt16();
        int calendar = reader.UInt16();
        reader.UInt32();
        uint period = reader.UInt32();
        bool isSliding = reader.UInt32() != 0;
        bool isWeekly = type == RecurrencePatternType.Week;
        bool isNth = type is RecurrencePatternType.MonthNth or RecurrencePatternType.HijriMonthNth;
        uint specific = type == RecurrencePatternType.Day ? 0 : reader.UInt32();
        uint nth = isNth ? reader.UInt32() : 0;
        uint end = reader.UInt32();
        uint count = reader.UInt32();
        uint firstDay = reader.UInt32();
        DateTime[] deleted = ReadDates(ref reader);
        DateTime[] modified = ReadDates(ref reader);
        DateTime start = CalendarMinutes.ToTime(reader.UInt32());
        DateTime last = CalendarMinutes.ToTime(reader.UInt32());
        bool isKnown = frequency is >= RecurrenceFrequency.Daily and <= RecurrenceFrequency.Yearly
            && type is <= RecurrencePatternType.MonthEnd or >= RecurrencePatternType.HijriMonth and <= RecurrencePatternType.HijriMonthEnd;
        if (reader.IsShort || readerVersion != Version || !isKnown || firstDay > 6)
        {
            return null;
        }

        uint interval = type == RecurrencePatternType.Day ? period / CalendarMinutes.PerDay : period;
        return new RecurrencePattern
        {
            Frequency = frequency,
            PatternType = type,
            CalendarType = calendar,
            Interval = (int)Math.Min(interval, int.MaxValue),
            IsSliding = isSliding,
            Days = isWeekly || isNth ? (WeekDays)(specific & 0x7F) : WeekDays.None,
            DayOfMonth = isWeekly || isNth ? 0 : (int)Math.Min(specific, 31),
            Nth = (int)Math.Min(nth, 5),
            End = end is (uint)RecurrenceEnd.Date or (uint)RecurrenceEnd.Count ? (RecurrenceEnd)end : RecurrenceEnd.Never,
            OccurrenceCount = (int)Math.Min(count, int.MaxValue),
            FirstDayOfWeek = (DayOfWeek)firstDay,
            DeletedDates = deleted,
            ModifiedDates = modified,
            StartDate = start,
            EndDate = last,
        };
    }

    internal void Write(BlobWriter writer)
    {
        writer.UInt16(Version);
        writer.UInt16(Version);
        writer.UInt16((int)Frequency);
        writer.UInt16((int)PatternType);
        writer.UInt16(CalendarType);
        writer.UInt32(FirstDateTime());
        writer.UInt32(Period);
        writer.UInt32(IsSliding ? 1u : 0);
        switch (PatternType)
        {
            case RecurrencePatternType.Day:
                break;
            case RecurrencePatternType.Week:
                writer.Int32((int)Days);
                break;
            case RecurrencePatternType.MonthNth or RecurrencePatternType.HijriMonthNth:
                writer.Int32((int)Days);
                writer.Int32(Nth);
                break;
            default:
                writer.Int32(DayOfMonth);
                break;
        }

        writer.Int32((int)End);
        writer.Int32(OccurrenceCount);
        writer.Int32((int)FirstDayOfWeek);
        WriteDates(writer, DeletedDates);
        WriteDates(writer, ModifiedDates);
        writer.UInt32(CalendarMinutes.FromTime(StartDate));
        writer.UInt32(CalendarMinutes.FromTime(EndDate));
    }

    // More days than the field holds are more than there are.
    private uint Period => PatternType == RecurrencePatternType.Day
        ? Math.Min((uint)Interval, uint.MaxValue / CalendarMinutes.PerDay) * CalendarMinutes.PerDay
        : (uint)Interval;

    /// <summary>
    /// Where the first occurrence stands within the interval, counted from 1601 ([MS-OXOCAL] 2.2.1.44.1.1): readers find all
    /// others by it.
    /// </summary>
    private uint FirstDateTime()
    {
        if (Interval <= 0)
        {
            return 0;
        }

        if (PatternType == RecurrencePatternType.Day)
        {
            return CalendarMinutes.FromTime(StartDate.Date) % Period;
        }

        if (PatternType == RecurrencePatternType.Week)
        {
            int back = ((int)StartDate.DayOfWeek - (int)FirstDayOfWeek + 7) % 7;
            return (uint)(CalendarMinutes.FromTime(StartDate.Date.AddDays(-back)) % ((ulong)Interval * 7 * CalendarMinutes.PerDay));
        }

        int months = (((StartDate.Year - 1601) * 12) + StartDate.Month - 1) % Interval;
        return CalendarMinutes.FromTime(CalendarMinutes.Epoch.AddMonths(months));
    }

    private static DateTime[] ReadDates(ref BlobReader reader)
    {
        uint count = reader.UInt32();
        if (count > reader.Remaining / 4)
        {
            reader.Bytes(uint.MaxValue);
            return [];
        }

        DateTime[] dates = new DateTime[count];
        for (int i = 0; i < dates.Length; i++)
        {
            dates[i] = CalendarMinutes.ToTime(reader.UInt32());
        }

        return dates;
    }

    private static void WriteDates(BlobWriter writer, IReadOnlyList<DateTime> dates)
    {
        writer.Int32(dates.Count);
        foreach (DateTime date in dates.OrderBy(d => d))
        {
            writer.UInt32(CalendarMinutes.FromTime(date));
        }
    }
}
