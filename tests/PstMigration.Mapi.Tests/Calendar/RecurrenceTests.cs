using Xunit;

namespace PstMigration.Mapi.Tests.Calendar;

public sealed class RecurrenceTests
{
    private static readonly RecurrencePattern s_weekly = new()
    {
        Frequency = RecurrenceFrequency.Weekly,
        PatternType = RecurrencePatternType.Week,
        Days = WeekDays.Monday | WeekDays.Thursday,
        Interval = 2,
        FirstDayOfWeek = DayOfWeek.Monday,
        StartDate = new DateTime(2026, 3, 5),
        End = RecurrenceEnd.Count,
        OccurrenceCount = 4,
        EndDate = new DateTime(2026, 3, 30),
    };

    [Fact]
    public void Daily_counts_days() =>
        AssertDays(
            new RecurrencePattern { Interval = 3, StartDate = new DateTime(2026, 2, 27), End = RecurrenceEnd.Date, EndDate = new DateTime(2026, 3, 8) },
            "0227", "0302", "0305", "0308");

    [Fact]
    public void Weekly_keeps_to_its_weeks() => AssertDays(s_weekly, "0305", "0316", "0319", "0330");

    [Fact]
    public void The_first_day_of_the_week_matters() =>
        AssertDays(
            new RecurrencePattern
            {
                Frequency = RecurrenceFrequency.Weekly,
                PatternType = RecurrencePatternType.Week,
                Days = WeekDays.Sunday | WeekDays.Tuesday,
                Interval = 2,
                FirstDayOfWeek = DayOfWeek.Sunday,
                StartDate = new DateTime(2026, 3, 3),
                End = RecurrenceEnd.Count,
                OccurrenceCount = 3,
            },
            "0303", "0315", "0317");

    [Theory]
    [InlineData(31, "0131", "0228", "0331", "0430")]
    [InlineData(30, "0130", "0228", "0330", "0430")]
    public void Monthly_takes_the_last_day_where_there_is_no_such(int day, params string[] days) =>
        AssertDays(Monthly(RecurrencePatternType.Month, new DateTime(2026, 1, day), dayOfMonth: day), days);

    [Fact]
    public void Month_end() => AssertDays(Monthly(RecurrencePatternType.MonthEnd, new DateTime(2026, 1, 31), dayOfMonth: 31), "0131", "0228", "0331", "0430");

    [Theory]
    [InlineData(WeekDays.Friday, 2, "0109", "0213", "0313", "0410")]
    [InlineData(WeekDays.Friday, 5, "0130", "0227", "0327", "0424")]
    [InlineData((WeekDays)0x3E, 1, "0101", "0202", "0302", "0401")]
    [InlineData((WeekDays)0x41, 5, "0131", "0228", "0329", "0426")]
    [InlineData((WeekDays)0x7F, 5, "0131", "0228", "0331", "0430")]
    public void Monthly_nth(WeekDays mask, int nth, params string[] days) =>
        AssertDays(Monthly(RecurrencePatternType.MonthNth, new DateTime(2026, 1, 1), mask: mask, nth: nth), days);

    [Fact]
    public void Leap_day_every_year() =>
        Assert.Equal(
            [new DateTime(2024, 2, 29), new DateTime(2025, 2, 28), new DateTime(2026, 2, 28), new DateTime(2027, 2, 28), new DateTime(2028, 2, 29)],
            RecurrenceCalculator.Days(new RecurrencePattern
            {
                Frequency = RecurrenceFrequency.Yearly,
                PatternType = RecurrencePatternType.Month,
                DayOfMonth = 29,
                Interval = 12,
                StartDate = new DateTime(2024, 2, 29),
            }).Take(5));

    [Fact]
    public void What_cannot_be_computed_says_so()
    {
        RecurrencePattern hijri = new() { PatternType = RecurrencePatternType.HijriMonth, DayOfMonth = 1 };

        Assert.False(hijri.IsComputable);
        Assert.Throws<NotSupportedException>(() => RecurrenceCalculator.Days(hijri));
        Assert.False(new RecurrencePattern { IsSliding = true }.IsComputable);
        Assert.False(new RecurrencePattern { PatternType = RecurrencePatternType.Week }.IsComputable);
        Assert.False(new RecurrencePattern { PatternType = RecurrencePatternType.Month, CalendarType = 8 }.IsComputable);
        Assert.True(RecurrencePattern.TryRead(hijri.ToArray(), out RecurrencePattern? back));
        Assert.Equal(RecurrencePatternType.HijriMonth, back.PatternType);
    }

    [Fact]
    public void The_bytes_are_the_documented_ones()
    {
        // The Monday of the first week.
        DateTime monday = new(2026, 3, 2);
        uint minutes = (uint)(monday - new DateTime(1601, 1, 1)).TotalMinutes;
        byte[] bytes = s_weekly.ToArray();

        Assert.Equal("043004300b2001000000", Hex.Lower(bytes.AsSpan(0, 10)));
        Assert.Equal(minutes % (2 * 7 * 1440), BitConverter.ToUInt32(bytes, 10));
        Assert.Equal("02000000" + "00000000" + "12000000" + "22200000" + "04000000" + "01000000" + "00000000" + "00000000", Hex.Lower(bytes.AsSpan(14, 32)));
        Assert.Equal(54, bytes.Length);
    }

    [Fact]
    public void Never_is_written_as_outlook_does()
    {
        byte[] bytes = new RecurrencePattern { StartDate = new DateTime(2026, 1, 1) }.ToArray();

        Assert.Equal("df80e95a", Hex.Lower(bytes.AsSpan(bytes.Length - 4)));
        Assert.Equal(new DateTime(4500, 12, 31, 23, 59, 0), RecurrencePattern.Never);
    }

    [Theory]
    [InlineData(RecurrencePatternType.Day, int.MaxValue)]
    [InlineData(RecurrencePatternType.Week, 1 << 27)]
    [InlineData(RecurrencePatternType.Month, int.MaxValue)]
    public void An_interval_longer_than_the_calendar_leaves_one_day(RecurrencePatternType type, int interval)
    {
        RecurrencePattern pattern = new() { PatternType = type, Interval = interval, Days = WeekDays.Thursday, DayOfMonth = 1, StartDate = new DateTime(2026, 1, 1) };

        Assert.True(RecurrencePattern.TryRead(pattern.ToArray(), out RecurrencePattern? back));
        Assert.Equal([new DateTime(2026, 1, 1)], RecurrenceCalculator.Days(pattern));
        Assert.Equal([new DateTime(2026, 1, 1)], RecurrenceCalculator.Days(back));
    }

    [Fact]
    public void An_appointment_reads_back_with_its_exceptions()
    {
        AppointmentRecurrence recurrence = Series();

        Assert.True(AppointmentRecurrence.TryRead(recurrence.ToArray(), out AppointmentRecurrence? back));
        Assert.Equal(recurrence.Exceptions, back.Exceptions);
        Assert.Equal(recurrence.ToArray(), back.ToArray());
        Assert.Equal((540, 600), (back.StartOffset, back.EndOffset));
        Assert.Equal(s_weekly.StartDate, back.Pattern.StartDate);
    }

    [Fact]
    public void Occurrences_are_merged()
    {
        List<AppointmentOccurrence> all = Series().Occurrences().ToList();

        Assert.Equal(
            ["2026-03-05 09:00", "2026-03-16 09:00", "2026-03-31 14:00"],
            all.Select(o => o.Start.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("移動しました", all[2].Exception?.Subject);
        Assert.Equal(new DateTime(2026, 3, 30, 9, 0, 0), all[2].OriginalStart);
    }

    [Fact]
    public void An_endless_series_is_lazy_and_ends_somewhere()
    {
        AppointmentRecurrence daily = new() { Pattern = new RecurrencePattern { StartDate = new DateTime(2026, 1, 1) } };

        Assert.Equal(1000, daily.Occurrences().Take(1000).Count());
        Assert.InRange(daily.Occurrences().Count(), 900_000, 910_000);
    }

    [Fact]
    public void A_value_without_its_tail_is_read()
    {
        byte[] bytes = Series().ToArray();

        // The extended exception and the two reserved blocks.
        for (int cut = 1; cut < 48; cut++)
        {
            Assert.True(AppointmentRecurrence.TryRead(bytes.AsSpan(0, bytes.Length - cut), out AppointmentRecurrence? back));
            Assert.Single(back.Exceptions);
        }

        Assert.False(AppointmentRecurrence.TryRead(bytes.AsSpan(0, 40), out _));
    }

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(5);
        byte[] sample = Series().ToArray();
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = (byte[])sample.Clone();
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            }

            if (AppointmentRecurrence.TryRead(noise.AsSpan(0, random.Next(noise.Length + 1)), out AppointmentRecurrence? read) && read.Pattern.IsComputable)
            {
                Assert.InRange(read.Occurrences().Take(50).Count(), 0, 50);
                read.ToArray();
            }
        }
    }

    private static AppointmentRecurrence Series() => new()
    {
        Pattern = new RecurrencePattern
        {
            Frequency = RecurrenceFrequency.Weekly,
            PatternType = RecurrencePatternType.Week,
            Days = WeekDays.Monday | WeekDays.Thursday,
            Interval = 2,
            FirstDayOfWeek = DayOfWeek.Monday,
            StartDate = s_weekly.StartDate,
            End = RecurrenceEnd.Count,
            OccurrenceCount = 4,
            DeletedDates = [new DateTime(2026, 3, 19), new DateTime(2026, 3, 30)],
            ModifiedDates = [new DateTime(2026, 3, 31)],
        },
        StartOffset = 540,
        EndOffset = 600,
        Exceptions =
        [
            new AppointmentException
            {
                Start = new DateTime(2026, 3, 31, 14, 0, 0),
                End = new DateTime(2026, 3, 31, 15, 0, 0),
                OriginalStart = new DateTime(2026, 3, 30, 9, 0, 0),
                Subject = "移動しました",
                Location = "A",
                ReminderDelta = 15,
                Reminder = true,
                BusyStatus = 2,
                AllDay = false,
                HasOwnBody = true,
                ChangeHighlight = 4,
            },
        ],
    };

    private static RecurrencePattern Monthly(RecurrencePatternType type, DateTime start, int dayOfMonth = 0, WeekDays mask = 0, int nth = 0) => new()
    {
        Frequency = RecurrenceFrequency.Monthly,
        PatternType = type,
        DayOfMonth = dayOfMonth,
        Days = mask,
        Nth = nth,
        StartDate = start,
        End = RecurrenceEnd.Count,
        OccurrenceCount = 4,
    };

    private static void AssertDays(RecurrencePattern pattern, params string[] days) =>
        Assert.Equal(days, RecurrenceCalculator.Days(pattern).Select(d => d.ToString("MMdd", System.Globalization.CultureInfo.InvariantCulture)));
}
