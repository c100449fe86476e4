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
    [InlineData("99999999999d")]
    [InlineData("100001y")]
    [InlineData("12:00")]
    [InlineData("01/02/2024")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains("30d", Assert.Throws<FormatException>(() => Age.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
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
