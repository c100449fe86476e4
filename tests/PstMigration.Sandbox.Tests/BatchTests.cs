using System.Net;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class BatchTests
{
    [Fact]
    public async Task Each_request_has_its_own_answer()
    {
        using Fixture f = new();
        Dictionary<string, JsonElement> answers = await RunAsync(f, """
            {"requests":[
             {"id":"1","method":"POST","url":"/me/mailFolders/inbox/messages","headers":{"Content-Type":"application/json","Prefer":"IdType=\"ImmutableId\""},"body":{"subject":"x"}},
             {"id":"2","method":"GET","url":"/me/mailFolders/inbox?$select=displayName"},
             {"id":"3","method":"GET","url":"/me/messages/nonsense"},
             {"id":"4","method":"POST","url":"/me/messages","headers":{"Content-Type":"text/plain"},"body":"VTNWaWFtVmpkRG9nZUEwS0RRcDA="}]}
            """);

        Assert.Equal([201, 200, 400, 201], new[] { "1", "2", "3", "4" }.Select(i => answers[i].GetProperty("status").GetInt32()));
        Assert.StartsWith("AAkA", Id(answers["1"].GetProperty("body")));
        Assert.Equal("ErrorInvalidIdMalformed", answers["3"].GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.True(answers["4"].GetProperty("body").GetProperty("isDraft").GetBoolean());
    }

    [Fact]
    public async Task What_depends_on_a_failure_fails()
    {
        using Fixture f = new();
        Dictionary<string, JsonElement> answers = await RunAsync(f, """
            {"requests":[
             {"id":"a","method":"GET","url":"/me/mailFolders/clutter"},
             {"id":"b","dependsOn":["a"],"method":"POST","url":"/me/messages","headers":{"Content-Type":"application/json"},"body":{"subject":"x"}},
             {"id":"c","dependsOn":["b"],"method":"GET","url":"/me/mailFolders/inbox"},
             {"id":"d","method":"GET","url":"/me/mailFolders/inbox"}]}
            """);

        Assert.Equal([404, 424, 424, 200], new[] { "a", "b", "c", "d" }.Select(i => answers[i].GetProperty("status").GetInt32()));
        Assert.Equal("0", await (await f.SendAsync("GET", "me/messages/$count")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Bytes_come_as_base64()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync(more: ""","attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AQID"}]"""));
        string attachment = Id((await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[0]);
        Dictionary<string, JsonElement> answers = await RunAsync(f, $$"""{"requests":[{"id":"1","method":"GET","url":"/me/messages/{{id}}/attachments/{{attachment}}/$value"}]}""");

        Assert.Equal("AQID", answers["1"].GetProperty("body").GetString());
    }

    [Fact]
    public async Task The_requests_in_it_are_counted()
    {
        using Fixture f = new(options: new SandboxOptions { Limits = new SandboxLimits { Requests = 3 } });
        Dictionary<string, JsonElement> answers = await RunAsync(f, Gets(5));

        Assert.Equal([200, 200, 200, 429, 429], Enumerable.Range(0, 5).Select(i => answers[$"{i}"].GetProperty("status").GetInt32()));
        Assert.Equal("600", answers["3"].GetProperty("headers").GetProperty("Retry-After").GetString());
    }

    [Fact]
    public async Task Side_by_side_takes_places_and_a_chain_takes_one()
    {
        using Fixture f = new(options: new SandboxOptions { Limits = new SandboxLimits { Concurrency = 2 } });

        Assert.Equal([200, 200, 429, 429, 200], (await RunAsync(f, Gets(5))).Values.Select(a => a.GetProperty("status").GetInt32()));
        string chain = string.Join(",", Enumerable.Range(0, 5).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"/me/mailFolders/inbox","dependsOn":[{{(i == 0 ? "" : $"\"{i - 1}\"")}}]}"""));
        Assert.All((await RunAsync(f, $$"""{"requests":[{{chain}}]}""")).Values, a => Assert.Equal(200, a.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"requests":[]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/me"},{"id":"1","method":"GET","url":"/me"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/me","dependsOn":["2"]},{"id":"2","method":"GET","url":"/me"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"POST","url":"/me/messages","body":{}}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/me","verb":"x"}]}""")]
    public async Task A_wrong_batch_is_refused_whole(string json)
    {
        using Fixture f = new();

        Assert.Equal("BadRequest", await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "$batch", json));
    }

    [Fact]
    public async Task Twenty_is_the_most()
    {
        using Fixture f = new();

        Assert.Equal(20, (await RunAsync(f, Gets(20))).Count);
        await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "$batch", Gets(21));
    }

    private static string Gets(int count) =>
        $$"""{"requests":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"/me/mailFolders/inbox"}"""))}}]}""";

    private static async Task<Dictionary<string, JsonElement>> RunAsync(Fixture f, string json) =>
        (await f.JsonAsync(HttpStatusCode.OK, "POST", "$batch", json)).GetProperty("responses").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!, StringComparer.Ordinal);
}
