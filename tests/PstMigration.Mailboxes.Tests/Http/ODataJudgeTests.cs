#if NET
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Http;

/// <summary>The judge of every other test's requests is itself checked: it must take what the service documents, and refuse what is wrong.</summary>
public sealed class ODataJudgeTests
{
    [Theory]
    [InlineData("GET", "me/mailFolders/inbox/messages?$select=id,subject&$filter=receivedDateTime ge 2020-01-01T00:00:00Z&$orderby=receivedDateTime desc&$top=10", null)]
    [InlineData("GET", "me/messages/x?$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E07')", null)]
    [InlineData("GET", "me/mailFolders/x/messages/delta?$select=subject", null)]
    [InlineData("POST", "me/messages", """{"subject":"x","toRecipients":[{"emailAddress":{"address":"a@b.example"}}]}""")]
    [InlineData("POST", "me/messages/x/attachments", """{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AA=="}""")]
    public void It_takes_what_is_documented(string method, string address, string? body) => Judge().Check(method, address, body);

    [Theory]
    [InlineData("GET", "me/messages?$select=colour", null, "colour")]
    [InlineData("GET", "me/messages?$filter=receivedDateTime ge '2020'", null, "incompatible types")]
    [InlineData("GET", "me/messages?$expand=singleValueExtendedProperties($filter=name eq 'x')", null, "name")]
    [InlineData("GET", "me/messages?$filter=subject eq 'it''s' and", null, "Expression")]
    [InlineData("GET", "me/parcels", null, "parcels")]
    [InlineData("POST", "me/messages/x/fly", "{}", "fly")]
    [InlineData("POST", "me/messages", """{"colour":"red"}""", "colour")]
    [InlineData("POST", "me/messages", """{"isRead":"perhaps"}""", "Boolean")]
    [InlineData("POST", "me/messages/x/move", """{"target":"inbox"}""", "target")]
    public void It_refuses_what_is_wrong(string method, string address, string? body, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<GraphModelException>(() => Judge().Check(method, address, body)).Message);

    private static ODataJudge Judge()
    {
        Assert.SkipWhen(ODataJudge.Default is null, ODataJudge.Variable + " names no CSDL of Graph v1.0.");
        return ODataJudge.Default!;
    }
}
#endif
