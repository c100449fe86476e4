using System.Net;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class ExtendedPropertyTests
{
    private const string Marker = "String {00020329-0000-0000-C000-000000000046} Name PstMigrationMarker";

    [Theory]
    [InlineData("Integer 0x1080", "261", "Integer 0x1080", "261")]
    [InlineData("Integer 0x0036", "2", "Integer 0x36", "2")]
    [InlineData("integer 0X0036", "2", "Integer 0x36", "2")]
    [InlineData("Long 0x6001", "-9007199254740993", "Long 0x6001", "-9007199254740993")]
    [InlineData("Short 0x6002", "7", "Short 0x6002", "7")]
    [InlineData("Boolean 0x6003", "true", "Boolean 0x6003", "true")]
    [InlineData("Double 0x6004", "0.1", "Double 0x6004", "0.1")]
    [InlineData("Currency 0x6005", "12.3456", "Currency 0x6005", "12.3456")]
    [InlineData("Binary 0x6006", "AQID", "Binary 0x6006", "AQID")]
    [InlineData("CLSID 0x6007", "00062004-0000-0000-C000-000000000046", "CLSID 0x6007", "00062004-0000-0000-c000-000000000046")]
    [InlineData("SystemTime 0x1082", "2009-03-01T12:20:30+02:00", "SystemTime 0x1082", "2009-03-01T10:20:30Z")]
    [InlineData("String {00062004-0000-0000-C000-000000000046} Id 0x804F", "日本", "String {00062004-0000-0000-c000-000000000046} Id 0x804f", "日本")]
    [InlineData(Marker, "abc", "String {00020329-0000-0000-c000-000000000046} Name PstMigrationMarker", "abc")]
    [InlineData("String {00020386-0000-0000-C000-000000000046} Name X-With Space", "abc", "String {00020386-0000-0000-c000-000000000046} Name X-With Space", "abc")]
    public async Task Ids_and_values_come_back_as_the_service_writes_them(string id, string value, string expectedId, string expectedValue)
    {
        using Fixture f = new();
        string item = Id(await f.PostAsync("me/messages", $$"""{"subject":"x","singleValueExtendedProperties":[{"id":"{{id}}","value":"{{value}}"}]}"""));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$select=subject&$expand=singleValueExtendedProperties($filter=id eq 'String 0x6FFF' or id eq '{id}')");

        JsonElement property = Assert.Single(answer.GetProperty("singleValueExtendedProperties").EnumerateArray());
        Assert.Equal((expectedId, expectedValue), (property.GetProperty("id").GetString(), property.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    public async Task A_number_that_is_none_or_has_no_end_is_refused_at_once(string value)
    {
        using Fixture f = new();

        foreach (string type in new[] { "Double", "Float" })
        {
            Assert.Equal("ErrorInvalidExtendedPropertyValue", await f.ErrorAsync(
                HttpStatusCode.BadRequest, "POST", "me/messages", $$"""{"subject":"x","singleValueExtendedProperties":[{"id":"{{type}} 0x6004","value":"{{value}}"}]}"""));
            Assert.Equal("ErrorInvalidExtendedPropertyValue", await f.ErrorAsync(
                HttpStatusCode.BadRequest, "POST", "me/messages", $$"""{"subject":"x","multiValueExtendedProperties":[{"id":"{{type}}Array 0x6005","value":["1","{{value}}"]}]}"""));
        }

        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", $"me/messages?$filter=singleValueExtendedProperties/any(ep: ep/id eq 'Double 0x6004' and ep/value eq '{value}')");
        Assert.Equal(0, (await f.GetAsync("me/messages")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task A_float_beyond_its_range_is_refused_and_a_double_kept()
    {
        using Fixture f = new();

        await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/messages", """{"subject":"x","singleValueExtendedProperties":[{"id":"Float 0x6004","value":"1e300"}]}""");
        await f.PostAsync("me/messages", """{"subject":"x","singleValueExtendedProperties":[{"id":"Double 0x6004","value":"1e300"}]}""");
    }

    [Fact]
    public async Task Several_values()
    {
        using Fixture f = new();
        const string Name = "StringArray {66f5a359-4659-4830-9070-00050ec6ac6e} Name Palette";
        string item = Id(await f.PostAsync("me/messages", $$"""{"subject":"x","multiValueExtendedProperties":[{"id":"{{Name}}","value":["Green","青"]}]}"""));
        f.Time.Advance(TimeSpan.FromMinutes(1));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=multiValueExtendedProperties($filter=id eq '{Name}')");
        Assert.Equal(["Green", "青"], answer.GetProperty("multiValueExtendedProperties")[0].GetProperty("value").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(1, await CountAsync(f, $"multiValueExtendedProperties/any(ep: ep/id eq '{Name}' and ep/value/any(v: v eq '青'))"));
        Assert.Equal(0, await CountAsync(f, $"multiValueExtendedProperties/any(ep: ep/id eq '{Name}' and ep/value/any(v: v eq 'Red'))"));
    }

    [Fact]
    public async Task Names_are_told_apart_by_case()
    {
        using Fixture f = new();
        string item = Id(await f.PostAsync("me/messages", $$"""{"subject":"x","singleValueExtendedProperties":[{"id":"{{Marker}}","value":"1"}]}"""));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=singleValueExtendedProperties($filter=id eq '{Marker.Replace("Pst", "PST")}')");

        Assert.False(answer.TryGetProperty("singleValueExtendedProperties", out _));
    }

    [Fact]
    public async Task A_marker_is_found_by_filter()
    {
        using Fixture f = new();
        await f.PostAsync("me/messages", $$"""{"subject":"it's","singleValueExtendedProperties":[{"id":"{{Marker}}","value":"it's a+b"},{"id":"Integer 0x6010","value":"5"}]}""");
        await f.PostAsync("me/messages", $$"""{"subject":"other","singleValueExtendedProperties":[{"id":"{{Marker}}","value":"c"},{"id":"Integer 0x6010","value":"6"}]}""");
        f.Time.Advance(f.Options.VisibilityDelay);

        JsonElement found = await f.GetAsync("me/mailFolders/drafts/messages?$filter=" + Uri.EscapeDataString($"singleValueExtendedProperties/any(ep: ep/id eq '{Marker}' and ep/value eq 'it''s a+b')"));
        Assert.Equal("it's", Assert.Single(found.GetProperty("value").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal(1, await CountAsync(f, "singleValueExtendedProperties/any(ep: ep/id eq 'Integer 0x6010' and cast(ep/value, Edm.Int32) gt 5)"));
        Assert.Equal(2, await CountAsync(f, "singleValueExtendedProperties/any(p:p/id eq 'Integer 0x6010' and p/value ge '5')"));
        Assert.Equal(1, await CountAsync(f, "singleValueExtendedProperties/any(p:p/id eq 'Integer 0x6010' and p/value ne '5')"));
        Assert.Equal(2, await CountAsync(f, "singleValueExtendedProperties/any(p:p/id eq 'Integer 0xE07' and p/value eq '9')"));
        Assert.Equal(0, await CountAsync(f, $"singleValueExtendedProperties/any(ep: ep/id eq '{Marker}' and ep/value eq 'IT''S A+B')"));

        // An unescaped plus sign is a space.
        JsonElement none = await f.GetAsync($"me/mailFolders/drafts/messages?$filter=singleValueExtendedProperties/any(ep: ep/id eq '{Marker}' and ep/value eq 'it''s a+b')");
        Assert.Empty(none.GetProperty("value").EnumerateArray());
    }

    [Fact]
    public async Task Json_and_extended_properties_are_one()
    {
        using Fixture f = new();
        string item = Id(await f.ImportAsync("By JSON", more: ""","internetMessageId":"<a@b>","importance":"low","from":{"emailAddress":{"name":"A","address":"a@b.c"}}"""));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=singleValueExtendedProperties($filter="
            + "id eq 'String 0x0037' or id eq 'String 0x1035' or id eq 'Integer 0x0017' or id eq 'Integer 0x0E07' or id eq 'SystemTime 0x0E06' or id eq 'String 0x5D02' or id eq 'String 0x001A' or id eq 'SystemTime 0x3008')");

        string[] values = answer.GetProperty("singleValueExtendedProperties").EnumerateArray().Select(p => p.GetProperty("id").GetString() + "=" + p.GetProperty("value").GetString()).ToArray();
        Assert.Equal(
            ["String 0x37=By JSON", "String 0x1035=<a@b>", "Integer 0x17=0", "Integer 0xe07=1", "SystemTime 0xe06=2009-03-01T10:20:45Z", "String 0x5d02=a@b.c", "String 0x1a=IPM.Note", "SystemTime 0x3008=2026-11-23T12:00:00Z"],
            values);
    }

    [Fact]
    public async Task A_property_of_another_type_is_another_property()
    {
        using Fixture f = new();
        string item = Id(await f.PostAsync("me/messages", """{"subject":"x","singleValueExtendedProperties":[{"id":"Integer 0x6020","value":"5"}]}"""));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=singleValueExtendedProperties($filter=id eq 'String 0x6020' or id eq 'String 0x0E07')");

        Assert.False(answer.TryGetProperty("singleValueExtendedProperties", out _));
    }

    [Theory]
    [InlineData("(id eq 'Integer 0x6020') or (id eq 'String 0x6021')")]
    [InlineData("(id eq 'Integer 0x6020' or id eq 'String 0x6021')")]
    public async Task The_ids_may_stand_in_brackets(string filter)
    {
        using Fixture f = new();
        string item = Id(await f.PostAsync("me/messages", """{"subject":"x","singleValueExtendedProperties":[{"id":"Integer 0x6020","value":"5"},{"id":"String 0x6021","value":"(x"}]}"""));

        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=singleValueExtendedProperties($filter={filter})");

        Assert.Equal(2, answer.GetProperty("singleValueExtendedProperties").GetArrayLength());
    }

    [Theory]
    [InlineData("$expand=singleValueExtendedProperties", "ErrorInvalidExtendedProperty")]
    [InlineData("$expand=singleValueExtendedProperties($filter=id eq 'Nonsense 0x37')", "ErrorInvalidExtendedProperty")]
    [InlineData("$expand=singleValueExtendedProperties($filter=id gt 'String 0x37')", "RequestBroker--ParseUri")]
    [InlineData("$expand=singleValueExtendedProperties($filter=(id eq 'String 0x37' or id eq 'String 0x38')", "RequestBroker--ParseUri")]
    [InlineData("$expand=singleValueExtendedProperties($top=1)", "RequestBroker--ParseUri")]
    [InlineData("$expand=nothing", "RequestBroker--ParseUri")]
    [InlineData("$select=nothing", "RequestBroker--ParseUri")]
    [InlineData("$filter=nothing eq 1", "RequestBroker--ParseUri")]
    [InlineData("$filter=isRead", "RequestBroker--ParseUri")]
    [InlineData("$filter=isRead eq", "RequestBroker--ParseUri")]
    [InlineData("$filter=isRead eq 'x'", "RequestBroker--ParseUri")]
    [InlineData("$filter=subject eq 5", "RequestBroker--ParseUri")]
    [InlineData("$filter=subject eq 'open", "RequestBroker--ParseUri")]
    [InlineData("$filter=(isRead eq true", "RequestBroker--ParseUri")]
    [InlineData("$filter=isRead eq true)", "RequestBroker--ParseUri")]
    [InlineData("$filter=isRead like true", "RequestBroker--ParseUri")]
    [InlineData("$filter=subject gt null", "RequestBroker--ParseUri")]
    [InlineData("$filter=receivedDateTime ge yesterday", "RequestBroker--ParseUri")]
    [InlineData("$filter=singleValueExtendedProperties/any(ep: ep/id eq 'x' and ep/value eq '1')", "ErrorInvalidExtendedProperty")]
    [InlineData("$orderby=body", "RequestBroker--ParseUri")]
    [InlineData("$orderby=receivedDateTime down", "RequestBroker--ParseUri")]
    [InlineData("$top=5000", "RequestBroker--ParseUri")]
    [InlineData("$skip=-1", "RequestBroker--ParseUri")]
    public async Task What_a_query_may_not_say(string query, string code)
    {
        using Fixture f = new();

        Assert.Equal(code, await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/messages?" + query));
    }

    [Fact]
    public async Task Deep_nesting_is_refused_not_followed()
    {
        using Fixture f = new();
        string filter = new string('(', 5000) + "isRead eq true" + new string(')', 5000);

        Assert.Equal("RequestBroker--ParseUri", await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/messages?$filter=" + filter));
    }

    [Theory]
    [InlineData("isRead eq true and (importance eq 'high' or subject eq 'b')", "a,b")]
    [InlineData("not (importance eq 'high')", "b,c")]
    [InlineData("startswith(subject, 'a')", "a")]
    [InlineData("contains(subject,'c') or endswith(subject,'b')", "b,c")]
    [InlineData("categories/any(c:c eq 'X')", "a")]
    [InlineData("from/emailAddress/address eq 'b@example.com'", "b")]
    [InlineData("from/emailAddress/address ne null", "b")]
    [InlineData("from/emailAddress/address eq null", "a,c")]
    [InlineData("subject ne 'a'", "b,c")]
    [InlineData("isDraft eq false and hasAttachments eq false", "a,b,c")]
    [InlineData("flag/flagStatus eq 'flagged'", "c")]
    [InlineData("importance ne 'high'", "b,c")]
    public async Task What_a_filter_finds(string filter, string expected)
    {
        using Fixture f = new();
        await f.ImportAsync("a", more: ",\"importance\":\"high\",\"categories\":[\"X\",\"Y\"]");
        await f.ImportAsync("b", more: ",\"from\":{\"emailAddress\":{\"address\":\"b@example.com\"}}");
        await f.ImportAsync("c", more: ",\"flag\":{\"flagStatus\":\"flagged\"},\"isRead\":false");
        f.Time.Advance(f.Options.VisibilityDelay);

        JsonElement page = await f.GetAsync("me/messages?$select=subject&$filter=" + Uri.EscapeDataString(filter));

        Assert.Equal(expected, string.Join(",", page.GetProperty("value").EnumerateArray().Select(m => m.GetProperty("subject").GetString()).OrderBy(s => s, StringComparer.Ordinal)));
    }

    private static async Task<int> CountAsync(Fixture f, string filter) =>
        (await f.GetAsync("me/messages?$top=100&$filter=" + Uri.EscapeDataString(filter))).GetProperty("value").GetArrayLength();
}
