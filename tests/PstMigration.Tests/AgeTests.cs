using System.Management.Automation;
using Xunit;

namespace PstMigration.Tests;

public sealed class AgeTests
{
    private static readonly DateTimeOffset s_now = new(2024, 3, 31, 12, 0, 0, TimeSpan.FromHours(9));

    [Theory]
    [InlineData("30d", "2024-03-01T12:00:00+09:00")]
    [InlineData("0d", "2024-03-31T12:00:00+09:00")]
    [InlineData("2W", "2024-03-17T12:00:00+09:00")]
    [InlineData("1m", "2024-02-29T12:00:00+09:00")]
    [InlineData("6m", "2023-09-30T12:00:00+09:00")]
    [InlineData("2y", "2022-03-31T12:00:00+09:00")]
    [InlineData(" 1d ", "2024-03-30T12:00:00+09:00")]
    [InlineData("2020-05-06T07:08:09Z", "2020-05-06T07:08:09+00:00")]
    [InlineData("2020-05-06T07:08+02:00", "2020-05-06T07:08:00+02:00")]
    public void Written_ages_are_moments_before_now(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), Age.Parse(text).Before(s_now));

    [Theory]
    [InlineData("2024-01-31")]
    [InlineData("2024/01/31")]
    [InlineData("2024-01-31 00:00")]
    public void A_date_without_offset_is_local(string text) =>
        Assert.Equal(new DateTimeOffset(new DateTime(2024, 1, 31, 0, 0, 0, DateTimeKind.Local)), Age.Parse(text).Before(s_now));

    [Theory]
    [InlineData("3000y")]
    [InlineData("100000m")]
    [InlineData("100000y")]
    public void Ages_before_the_calendar_end_at_its_first_day(string text) =>
        Assert.Equal(DateTimeOffset.MinValue, Age.Parse(text).Before(s_now));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("d")]
    [InlineData("-30d")]
    [InlineData("1.5d")]
    [InlineData("30s")]
    [InlineData("6月")]
    [InlineData("1800")]
    [InlineData("6/1/11")]
    [InlineData("32/1/2011")]
    [InlineData("2011-02-30")]
    [InlineData("\ud800")]
    [InlineData("99999999999d")]
    [InlineData("100001y")]
    [InlineData("12:00")]
    [InlineData("01/02/2024")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains("30d", Assert.Throws<FormatException>(() => Age.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("30日", "2024-03-01T12:00:00+09:00")]
    [InlineData("３０日", "2024-03-01T12:00:00+09:00")]
    [InlineData("30 days", "2024-03-01T12:00:00+09:00")]
    [InlineData("24時間", "2024-03-30T12:00:00+09:00")]
    [InlineData("2週間", "2024-03-17T12:00:00+09:00")]
    [InlineData("6か月", "2023-09-30T12:00:00+09:00")]
    [InlineData("6ヶ月", "2023-09-30T12:00:00+09:00")]
    [InlineData("2年", "2022-03-31T12:00:00+09:00")]
    [InlineData("today", "2024-03-31T00:00:00+09:00")]
    [InlineData("Yesterday", "2024-03-30T00:00:00+09:00")]
    [InlineData("昨日", "2024-03-30T00:00:00+09:00")]
    [InlineData("今日", "2024-03-31T00:00:00+09:00")]
    public void Ages_and_days_in_words_are_moments_before_now(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), Age.Parse(text).Before(s_now));

    // The first is what the session's language has; only what it and PowerShell read alike, or what has one reading, is taken.
    [Theory]
    [InlineData("6/1/2011", "en-US", "2011-06-01")]
    [InlineData("6/1/2011", "ja-JP", "2011-06-01")]
    [InlineData("6/1/2011", "en-GB", null)]
    [InlineData("6/1/2011", "", null)]
    [InlineData("1.6.2011", "de-DE", "2011-06-01")]
    [InlineData("1.6.2011", "en-US", null)]
    [InlineData("1-6-2011", "nl-NL", null)]
    [InlineData("6/6/2011", "en-GB", "2011-06-06")]
    [InlineData("31/12/2010", "en-US", "2010-12-31")]
    [InlineData("31/12/2010", "en-GB", "2010-12-31")]
    [InlineData("12/31/2010", "ja-JP", "2010-12-31")]
    [InlineData("31.12.2010", "ja-JP", "2010-12-31")]
    [InlineData("31/12/2010 14:30", "en-GB", "2010-12-31 14:30")]
    [InlineData("2011/6/1", "en-GB", "2011-06-01")]
    [InlineData("2011年6月1日", "en-US", "2011-06-01")]
    [InlineData("２０１１／６／１", "ja-JP", "2011-06-01")]
    [InlineData("1 June 2011", "en-GB", "2011-06-01")]
    [InlineData("June 1, 2011", "ja-JP", "2011-06-01")]
    [InlineData("1. Juni 2011", "de-DE", "2011-06-01")]
    [InlineData("2010", "en-US", "2010-01-01")]
    [InlineData("2010年", "ja-JP", "2010-01-01")]
    [InlineData("2010-06", "en-US", "2010-06-01")]
    [InlineData("6/2010", "en-GB", "2010-06-01")]
    [InlineData("2010年6月", "ja-JP", "2010-06-01")]
    [InlineData("2010-06", "th-TH", "2010-06-01")]
    public void Dates_are_taken_as_people_type_them_where_there_is_one_reading(string text, string culture, string? date)
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
        try
        {
            if (date is null)
            {
                string message = Assert.Throws<FormatException>(() => Age.Parse(text)).Message;
                Assert.Contains("2011-06-01", message, StringComparison.Ordinal);
                Assert.Contains("2011-01-06", message, StringComparison.Ordinal);
            }
            else
            {
                DateTime expected = DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(new DateTimeOffset(expected, TimeZoneInfo.Local.GetUtcOffset(expected)), Age.Parse(text).Before(s_now));
                Assert.True(Age.Parse(text).IsDate);
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>What is shown as an example is taken, in every language.</summary>
    [Fact]
    public void The_example_of_the_error_is_a_date()
    {
        foreach (System.Globalization.CultureInfo culture in System.Globalization.CultureInfo.GetCultures(System.Globalization.CultureTypes.SpecificCultures))
        {
            string example = AgeText.Example(culture);
            Assert.True(AgeText.Read(example, culture) is { } age && age.Before(s_now).LocalDateTime == new DateTime(2024, 1, 31), culture.Name + ": " + example);
        }
    }

    [Theory]
    [InlineData("2010", "2010-12-31")]
    [InlineData("2010-02", "2010-02-28")]
    [InlineData("2010-02-03", "2010-02-03")]
    [InlineData("2010-02-03 10:00", "2010-02-03 10:00")]
    public void As_it_was_then_means_the_end_of_it(string text, string last)
    {
        DateTime expected = DateTime.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset end = new(expected, TimeZoneInfo.Local.GetUtcOffset(expected));

        Assert.Equal(expected.TimeOfDay == TimeSpan.Zero ? end.AddDays(1).AddTicks(-1) : end, Age.Parse(text).Through(TimeProvider.System.GetLocalNow().ToOffset(end.Offset)));
    }

    [Theory]
    [InlineData("-Age 2010", "2010")]
    [InlineData("-Age 2010-06", "2010-06")]
    [InlineData("-Age yesterday", "yesterday")]
    [InlineData("-Age 30日", "30日")]
    [InlineData("-Age 30d", "30d")]
    [InlineData("-Age '30d'", "30d")]
    [InlineData("-Age 2y", "2y")]
    [InlineData("-Age 6m", "6m")]
    [InlineData("-Age 2024-01-31", "2024-01-31")]
    [InlineData("-Age ([TimeSpan]::FromDays(2))", "2.00:00:00")]
    [InlineData("-Age ([DateTimeOffset]'2024-01-02T03:04:05Z')", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("-Age ([DateTime]::new(2024,1,2,3,4,5,[DateTimeKind]::Utc))", "2024-01-02T03:04:05.0000000+00:00")]
    public void Parameters_take_text_spans_and_dates(string argument, string text)
    {
        using EngineSession session = new(120, null, typeof(AgeProbeCommand));

        Assert.Equal(text, session.InvokeClean("Test-Age " + argument).Single().ToString());
    }

    [Theory]
    [InlineData("-Age 30")]
    [InlineData("-Age '30'")]
    [InlineData("-Age ([decimal]30)")]
    [InlineData("-Age 30L")]
    [InlineData("-Age ([TimeSpan]::FromDays(-1))")]
    [InlineData("-Age $true")]
    public void A_bare_number_is_an_error_with_an_explanation(string argument)
    {
        using EngineSession session = new(120, null, typeof(AgeProbeCommand));
        Exception thrown = Assert.ThrowsAny<RuntimeException>(() => session.Invoke("$ErrorActionPreference = 'Stop'; Test-Age " + argument));

        Assert.Matches("30d|negative", thrown.Message);
    }
}

[Cmdlet(VerbsDiagnostic.Test, "Age")]
public sealed class AgeProbeCommand : PSCmdlet
{
    [Parameter]
    [AgeTransformation]
    public Age? Age { get; set; }

    protected override void ProcessRecord() => WriteObject(Age!.Text);
}
