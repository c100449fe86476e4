using Xunit;

namespace PstMigration.Mailboxes.Tests.Mapping;

public sealed class EventPeopleTests
{
    [Theory]
    [InlineData("<p>A</p><div id=\"PstMigrationPeople\"><hr>Organizer: Ann</div><p>B</p>", "<p>A</p><p>B</p>")]
    [InlineData("<P>A</P><DIV class=\"x\" ID=\"x_PstMigrationPeople\" dir=\"ltr\"><hr>Ann</DIV>", "<P>A</P>")]
    [InlineData("PstMigrationPeople\" <div id=\"PstMigrationPeople\">Ann</div>", "PstMigrationPeople\" ")]
    [InlineData("<div id=\"PstMigrationPeople\">one</div><div id=\"PstMigrationPeople\">two</div>", "<div id=\"PstMigrationPeople\">two</div>")]
    [InlineData("<div title=\"PstMigrationPeople\">Ann</div>", null)]
    [InlineData("<div>id=\"PstMigrationPeople\"</div>", null)]
    [InlineData("<p id=\"PstMigrationPeople\">Ann</p></div>", null)]
    [InlineData("<div id=\"PstMigrationPeople\">Ann", null)]
    [InlineData("<p>A</p>", null)]
    public void The_list_of_people_is_taken_out_of_a_body_and_nothing_else_is(string html, string? left) =>
        Assert.Equal(left ?? html, EventPeople.RemoveFrom(html, isHtml: true, kept: ""));

    [Theory]
    [InlineData("<div id=\"")]
    [InlineData("<div id=\"PstMigrationPeople")]
    [InlineData("<div title=\"PstMigrationPeople\"")]
    [InlineData("PstMigrationPeople\"")]
    public void A_body_full_of_what_could_begin_the_list_takes_no_time(string piece)
    {
        string html = string.Concat(Enumerable.Repeat(piece, 200_000));
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(html, EventPeople.RemoveFrom(html, isHtml: true, kept: ""));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }
}
