#if NET
using System.Net;
using System.Net.Http;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Sandbox.Tests;

/// <summary>The check of every other test is itself checked: it must find what is wrong.</summary>
public sealed class GraphModelTests
{
    [Theory]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","subject":"y","isRead":true}""", null)]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","colour":"red"}""", "no property 'colour'")]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","isRead":"true"}""", "Edm.Boolean")]
    [InlineData("GET", "me/messages/x", null, """{"subject":"y"}""", "has an id")]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","receivedDateTime":"2009-03-01 10:20"}""", "DateTimeOffset")]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","importance":"urgent"}""", "importance")]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","categories":null}""", "an array is expected")]
    [InlineData("GET", "me/messages/x", null, """{"id":"x","body":{"contentType":"html","text":"y"}}""", "no property 'text'")]
    [InlineData("GET", "me/messages/x/attachments", null, """{"value":[{"id":"x","name":"y"}]}""", "is abstract")]
    [InlineData("GET", "me/messages/x/attachments", null, """{"value":[{"@odata.type":"#microsoft.graph.fileAttachment","id":"x","size":null}]}""", "may not be null")]
    [InlineData("GET", "me/messages/x/attachments", null, """{"value":[{"@odata.type":"#microsoft.graph.fileAttachment","id":"x","contentBytes":"?"}]}""", "Edm.Binary")]
    [InlineData("GET", "me/messages/x/attachments", null, """{"value":[{"@odata.type":"#microsoft.graph.message","id":"x"}]}""", "is no")]
    [InlineData("GET", "me/messages", null, """{"value":[],"count":0}""", "has no 'count'")]
    [InlineData("POST", "me/messages", """{"subject":5}""", """{"id":"x"}""", "Edm.String")]
    [InlineData("POST", "me/messages/x/move", """{"target":"inbox"}""", """{"id":"x"}""", "no parameter 'target'")]
    [InlineData("POST", "me/messages/x/fly", """{}""", """{"id":"x"}""", "has no fly")]
    [InlineData("GET", "me/parcels", null, """{"value":[]}""", "has no parcels")]
    [InlineData("POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"/me/messages/x"}]}""", """{"responses":[{"id":"1","status":200,"body":{"id":"x","colour":1}}]}""", "no property 'colour'")]
    public async Task It_finds_what_is_wrong(string method, string path, string? sent, string answer, string? complaint)
    {
        Assert.SkipUnless(GraphModelHandler.IsAvailable, "The service's model is not beside this checkout.");
        using HttpClient client = new(GraphModelHandler.Wrap(new Answer(answer))) { BaseAddress = new Uri("https://graph.microsoft.com/v1.0/") };
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = sent is null ? null : new StringContent(sent, Encoding.UTF8, "application/json") };
        if (complaint is null)
        {
            await client.SendAsync(request);
        }
        else
        {
            Assert.Contains(complaint, (await Assert.ThrowsAsync<GraphModelException>(() => client.SendAsync(request))).Message);
        }
    }

    private sealed class Answer(string json) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }
}
#endif
