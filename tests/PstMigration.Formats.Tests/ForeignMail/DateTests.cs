using System.Globalization;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>When a message was sent and received.</summary>
public sealed class DateTests
{
    [Theory]
    [InlineData("B12-date-iso.eml", "2015-03-03T01:20:30Z")]
    [InlineData("B12-date-zone-colon.eml", "2015-03-03T01:20:30Z")]
    [InlineData("B12-date-gmt-offset.eml", "2015-03-03T01:20:30Z")]
    [InlineData("B12-date-dots.eml", "2012-07-17T17:38:50Z")]
    [InlineData("B12-date-h24.eml", "2015-03-04T00:00:00Z")]
    public void Dates_of_files_are_read(string file, string expected) => Assert.Equal(Time(expected), Corpus.Read(file).Properties.GetTime(PropertyTags.ClientSubmitTime));

    [Theory]
    [InlineData("Tue, 03 Mar 2015 10:20:30 +0900", "2015-03-03T01:20:30Z")]
    [InlineData("3 Mar 2015 10:20 JST", "2015-03-03T01:20:00Z")]
    [InlineData("Tue, 3 Mar 15 10:20:30 EST", "2015-03-03T15:20:30Z")]
    [InlineData("Tue, 3 Mar 115 10:20:30 GMT", "2015-03-03T10:20:30Z")]
    [InlineData("Tue,3 Mar 2015 10:20:30+0900", "2015-03-03T01:20:30Z")]
    [InlineData("Tue Mar  3 10:20:30 2015", "2015-03-03T10:20:30Z")]
    [InlineData("Tue Mar  3 10:20:30 +0900 2015", "2015-03-03T01:20:30Z")]
    [InlineData("Tue Mar 03 10:20:30 JST 2015", "2015-03-03T01:20:30Z")]
    [InlineData("Tuesday, March 3, 2015 10:20:30 PM +0000", "2015-03-03T22:20:30Z")]
    [InlineData("Tue, 3 Mar 2015 12:20:30 AM GMT", "2015-03-03T00:20:30Z")]
    [InlineData("2015-03-03 10:20:30.123 +0900", "2015-03-03T01:20:30.123Z")]
    [InlineData("2015-03-03T10:20:30Z", "2015-03-03T10:20:30Z")]
    [InlineData("2015-03-03T10:20:30.5-05:30", "2015-03-03T15:50:30.5Z")]
    [InlineData("Tue, 3 Mar 2015 10:20:30.123 +0900", "2015-03-03T01:20:30.123Z")]
    [InlineData("Tue, 3-Mar-2015 10:20:30 +0900", "2015-03-03T01:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 UTC+9", "2015-03-03T01:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 +0900 (JST)", "2015-03-03T01:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 (JST)", "2015-03-03T01:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 Pacific Daylight Time", "2015-03-03T17:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 Tokyo Standard Time", "2015-03-03T01:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:30 W. Europe Standard Time", "2015-03-03T09:20:30Z")]
    [InlineData("Tue, 03 Mar 2015 10:20:60 +0000", "2015-03-03T10:20:59Z")]
    [InlineData("Di, 3 M\u00E4r 2015 10:20:30 +0100", "2015-03-03T09:20:30Z")]
    [InlineData("mar., 03 mars 2015 10:20:30 +0100", "2015-03-03T09:20:30Z")]
    [InlineData("2015/03/03 10:20:30 +0900", "2015-03-03T01:20:30Z")]
    [InlineData("03/25/2015 10:20 AM", "2015-03-25T10:20:00Z")]
    [InlineData("25/03/2015 10:20", "2015-03-25T10:20:00Z")]
    [InlineData("Tue, 03 Mar 2015", "2015-03-03T00:00:00Z")]
    public void Dates_in_many_forms_are_read(string date, string expected) => Assert.Equal(Time(expected), MailDate.Parse(date));

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("Tue, 32 Mar 2015 10:20:30 +0900")]
    [InlineData("Tue, 03 Mar 2015 25:20:30 +0900")]
    [InlineData("03/04/2015 10:20")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("99999999999999999999")]
    public void What_is_no_date_is_none(string date) => Assert.Null(MailDate.Parse(date));

    [Theory]
    [InlineData("from a by b; Tue, 3 Mar 2015 10:20:31 +0900", "2015-03-03T01:20:31Z")]
    [InlineData("from a by b; Tue, 3 Mar 2015 10:20:31 +0900 (JST; envelope-from <x>)", "2015-03-03T01:20:31Z")]
    [InlineData("from a (x; y) by b\r\n\tid 1; Tue, 3 Mar 2015 10:20:31 +0900", "2015-03-03T01:20:31Z")]
    [InlineData("by filter id filter0960p1-14907-5EB39606-10  2020-05-07 05:00:55.859878421 +0000 UTC m=+1240939.113482279", "2020-05-07T05:00:55.8598784Z")]
    [InlineData("from a by b with SMTP Tue, 3 Mar 2015 10:20:31 +0900", "2015-03-03T01:20:31Z")]
    public void A_trace_tells_when_it_was_received(string trace, string expected) =>
        Assert.Equal(Time(expected), Corpus.ReadText("Received: " + trace + "\r\nSubject: x\r\n\r\n").Properties.GetTime(PropertyTags.MessageDeliveryTime));

    [Fact]
    public void A_trace_without_a_semicolon_is_no_other_day()
    {
        MapiItem item = Corpus.Read("B12-received-no-semicolon.eml");

        Assert.Equal(Time("2020-05-07T05:00:55.8598784Z"), item.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal(Time("2020-05-07T05:00:00Z"), item.Properties.GetTime(PropertyTags.ClientSubmitTime));
    }

    [Theory]
    [InlineData("Received: by x; Tue, 3 Mar 2015 10:20:31 +0000\r\nDelivery-date: Tue, 3 Mar 2015 10:20:32 +0000\r\n", "2015-03-03T10:20:31Z", "Guessed: Date: Received")]
    [InlineData("Delivery-date: Tue, 3 Mar 2015 10:20:32 +0000\r\n", "2015-03-03T10:20:32Z", "Guessed: Date: Delivery-Date")]
    [InlineData("X-OriginalArrivalTime: 03 Mar 2015 10:20:33.0123 (UTC) FILETIME=[01D05512:3A0B5F90]\r\n", "2015-03-03T10:20:33.0123Z", "Guessed: Date: Delivery-Date")]
    [InlineData("Date: \r\n", "2015-03-03T10:20:34Z", "Guessed: Date: Stored")]
    [InlineData("Date: Tue, 3 Mar 1500 10:20:32 +0000\r\n", "2015-03-03T10:20:34Z", "Guessed: Date: Stored")]
    public void Without_a_date_the_nearest_time_is_taken_and_told(string headers, string expected, string loss)
    {
        MapiItem item = Corpus.ReadText(headers + "Subject: x\r\n\r\n", new MimeImportOptions { StoredTime = Time("2015-03-03T10:20:34Z") });

        Assert.Equal(Time(expected), item.Properties.GetTime(PropertyTags.ClientSubmitTime));
        Assert.Equal(Time(expected), item.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal([loss], item.Losses.Select(l => l.ToString()));
    }

    [Fact]
    public void A_time_that_was_guessed_stays_with_the_copy()
    {
        DateTimeOffset stored = new(2015, 3, 3, 1, 20, 30, TimeSpan.Zero);
        MapiItem item = Corpus.ReadText("Subject: x\r\nDate: not a date\r\n\r\nx\r\n", new MimeImportOptions { StoredTime = stored, KeepTransportHeaders = true });
        byte[] copy = Mime.Mail.Bytes(item, new MimeExportOptions { IncludeMailboxState = true, Provenance = new ItemProvenance(new ItemKey("s", "1"), new ItemVersion("v"), null, new FolderPath(["a"]), ItemIdentity.Of(item)) });

        MapiItem back = MimeImport.Read(copy, new MimeImportOptions { IsFromOwnFile = true, StoredTime = stored.AddDays(1) });

        Assert.Equal(stored, back.Properties.GetTime(PropertyTags.ClientSubmitTime));
    }

    [Fact]
    public void Without_any_time_there_is_none() => Assert.Null(Corpus.Read("B11-no-date.eml").Properties.GetTime(PropertyTags.ClientSubmitTime));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
