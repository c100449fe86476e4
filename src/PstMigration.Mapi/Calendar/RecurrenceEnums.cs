namespace PstMigration.Mapi;

/// <summary>How a recurrence is named to people ([MS-OXOCAL] 2.2.1.44.1 RecurFrequency).</summary>
public enum RecurrenceFrequency
{
    /// <summary>Daily.</summary>
    Daily = 0x200A,

    /// <summary>Weekly.</summary>
    Weekly = 0x200B,

    /// <summary>Monthly.</summary>
    Monthly = 0x200C,

    /// <summary>Yearly.</summary>
    Yearly = 0x200D,
}

/// <summary>How the days of a recurrence are found ([MS-OXOCAL] 2.2.1.44.1 PatternType).</summary>
public enum RecurrencePatternType
{
    /// <summary>Every n days.</summary>
    Day = 0,

    /// <summary>Certain weekdays every n weeks.</summary>
    Week = 1,

    /// <summary>A day of the month every n months.</summary>
    Month = 2,

    /// <summary>The n-th of certain weekdays every n months.</summary>
    MonthNth = 3,

    /// <summary>The last day of the month every n months.</summary>
    MonthEnd = 4,

    /// <summary>As <see cref="Month"/> in the Hijri calendar.</summary>
    HijriMonth = 0xA,

    /// <summary>As <see cref="MonthNth"/> in the Hijri calendar.</summary>
    HijriMonthNth = 0xB,

    /// <summary>As <see cref="MonthEnd"/> in the Hijri calendar.</summary>
    HijriMonthEnd = 0xC,
}

/// <summary>When a recurrence ends.</summary>
public enum RecurrenceEnd
{
    /// <summary>At a date.</summary>
    Date = 0x2021,

    /// <summary>After a number of occurrences, deleted ones counted.</summary>
    Count = 0x2022,

    /// <summary>Never.</summary>
    Never = 0x2023,
}

/// <summary>Days of the week as bits.</summary>
[Flags]
public enum WeekDays
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Sunday.</summary>
    Sunday = 0x01,

    /// <summary>Monday.</summary>
    Monday = 0x02,

    /// <summary>Tuesday.</summary>
    Tuesday = 0x04,

    /// <summary>Wednesday.</summary>
    Wednesday = 0x08,

    /// <summary>Thursday.</summary>
    Thursday = 0x10,

    /// <summary>Friday.</summary>
    Friday = 0x20,

    /// <summary>Saturday.</summary>
    Saturday = 0x40,
}
