using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class MessageTests
{
    [Fact]
    public async Task An_imported_message_is_no_draft_and_keeps_its_times()
    {
        using Fixture f = new();
        JsonElement made = await f.ImportAsync(more: """
            ,"importance":"high","isRead":true,"categories":["Blue","赤"],"flag":{"flagStatus":"flagged"},"internetMessageId":"<a@example.com>",
            "from":{"emailAddress":{"name":"A","address":"a@example.com"}},
            "toRecipients":[{"emailAddress":{"name":"B","address":"b@example.com"}},{"emailAddress":{"name":"No address"}}],
            "ccRecipients":[],"bccRecipients":[{"emailAddress":{"address":"c@example.com"}}],"replyTo":[{"emailAddress":{"address":"r@example.com"}}]
            """);

        JsonElement read = await f.GetAsync("me/messages/" + Id(made));

        Assert.False(read.GetProperty("isDraft").GetBoolean());
        Assert.True(read.GetProperty("isRead").GetBoolean());
        Assert.Equal("2009-03-01T10:20:30Z", read.GetProperty("sentDateTime").GetString());
        Assert.Equal("2009-03-01T10:20:45Z", read.GetProperty("receivedDateTime").GetString());
        Assert.Equal("2026-11-23T12:00:00Z", read.GetProperty("createdDateTime").GetString());
        Assert.Equal("high", read.GetProperty("importance").GetString());
        Assert.Equal("<a@example.com>", read.GetProperty("internetMessageId").GetString());
        Assert.Equal("flagged", read.GetProperty("flag").GetProperty("flagStatus").GetString());
        Assert.Equal(["Blue", "赤"], read.GetProperty("categories").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal("a@example.com", read.GetProperty("sender").GetProperty("emailAddress").GetProperty("address").GetString());
        Assert.Equal(2, read.GetProperty("toRecipients").GetArrayLength());
        Assert.Equal("r@example.com", read.GetProperty("replyTo")[0].GetProperty("emailAddress").GetProperty("address").GetString());
    }

    [Fact]
    public async Task Without_flags_a_message_is_a_draft_in_drafts()
    {
        using Fixture f = new();
        JsonElement made = await f.PostAsync("me/messages", """{"subject":"x"}""");
        JsonElement drafts = await f.GetAsync("me/mailFolders/drafts");

        Assert.True(made.GetProperty("isDraft").GetBoolean());
        Assert.Equal(Id(drafts), made.GetProperty("parentFolderId").GetString());
        Assert.Equal(1, drafts.GetProperty("totalItemCount").GetInt32());
    }
}
