using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class FolderTests
{
    [Theory]
    [InlineData("en-US", "inbox", "Inbox")]
    [InlineData("ja-JP", "inbox", "受信トレイ")]
    [InlineData("ja", "sentitems", "送信済みアイテム")]
    [InlineData("fr-FR", "sentitems", "Sent Items")]
    public async Task Default_folders_are_named_in_the_language(string language, string wellKnown, string name)
    {
        using Fixture f = new(options: new SandboxOptions { Language = CultureInfo.GetCultureInfo(language) });

        Assert.Equal(name, (await f.GetAsync("me/mailFolders/" + wellKnown)).GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task The_list_has_the_children_of_the_root_in_pages()
    {
        using Fixture f = new();
        await f.PostAsync("me/mailFolders/inbox/childFolders", """{"displayName":"Below"}""");
        List<string> names = [];
        string? next = "me/mailFolders?$top=3&$count=true";
        int pages = 0;
        while (next is not null)
        {
            JsonElement page = await f.GetAsync(next);
            Assert.Equal(8, page.GetProperty("@odata.count").GetInt32());
            names.AddRange(page.GetProperty("value").EnumerateArray().Select(v => v.GetProperty("displayName").GetString()!));
            next = page.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(8, names.Distinct().Count());
        Assert.DoesNotContain("Below", names);
        Assert.DoesNotContain("Contacts", names);
        Assert.DoesNotContain("Sync Issues", names);
    }

    [Fact]
    public async Task Hidden_folders_are_listed_on_demand()
    {
        using Fixture f = new();
        await f.PostAsync("me/mailFolders", """{"displayName":"Secret","isHidden":true}""");

        Assert.DoesNotContain("Secret", await Names("me/mailFolders?$top=100"));
        Assert.Contains("Secret", await Names("me/mailFolders?$top=100&includeHiddenFolders=true"));

        async Task<List<string?>> Names(string path) =>
            (await f.GetAsync(path)).GetProperty("value").EnumerateArray().Select(v => v.GetProperty("displayName").GetString()).ToList();
    }

    [Fact]
    public async Task A_second_folder_of_the_same_name_is_a_conflict()
    {
        using Fixture f = new();
        JsonElement first = await f.PostAsync("me/mailFolders", """{"displayName":"プロジェクト/A"}""");

        Assert.Equal("ErrorFolderExists", await f.ErrorAsync(HttpStatusCode.Conflict, "POST", "me/mailFolders", """{"displayName":"プロジェクト/a"}"""));
        await f.PostAsync($"me/mailFolders/{Id(first)}/childFolders", """{"displayName":"プロジェクト/A"}""");
        Assert.Equal(1, (await f.GetAsync("me/mailFolders/" + Id(first))).GetProperty("childFolderCount").GetInt32());
        JsonElement found = await f.GetAsync("me/mailFolders?$filter=displayName eq 'プロジェクト/A'");
        Assert.Equal(Id(first), Id(found.GetProperty("value")[0]));
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_folder_was_renamed_moved_or_never_made()
    {
        using Fixture f = new();
        string parent = Id(await f.PostAsync("me/mailFolders", """{"displayName":"Parent"}"""));
        string below = $"me/mailFolders/{parent}/childFolders";
        string first = Id(await f.PostAsync(below, """{"displayName":"Ä"}"""));
        Assert.Equal("ErrorFolderExists", await f.ErrorAsync(HttpStatusCode.Conflict, "POST", below, """{"displayName":"ä"}"""));

        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/mailFolders/" + first, """{"displayName":"B"}""");
        string second = Id(await f.PostAsync(below, """{"displayName":"ä"}"""));
        await f.PostAsync($"me/mailFolders/{second}/move", """{"DestinationId":"inbox"}""");
        await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", below, """{"displayName":"ä","singleValueExtendedProperties":[{"id":"no property","value":"x"}]}""");

        await f.PostAsync(below, """{"displayName":"Ä"}""");
        Assert.Equal("ErrorFolderExists", await f.ErrorAsync(HttpStatusCode.Conflict, "POST", below, """{"displayName":"b"}"""));
    }

    [Fact]
    public async Task Renaming_counting_and_hidden_rules()
    {
        using Fixture f = new();
        JsonElement folder = await f.PostAsync("me/mailFolders", """{"displayName":"Old"}""");
        await f.ImportAsync(folder: Id(folder));
        await f.ImportAsync(folder: Id(folder), more: ",\"isRead\":false");

        JsonElement renamed = await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/mailFolders/" + Id(folder), """{"displayName":"New"}""");

        Assert.Equal("New", renamed.GetProperty("displayName").GetString());
        Assert.Equal(2, renamed.GetProperty("totalItemCount").GetInt32());
        Assert.Equal(1, renamed.GetProperty("unreadItemCount").GetInt32());
        Assert.Equal("ErrorInvalidRequest", await f.ErrorAsync(HttpStatusCode.BadRequest, "PATCH", "me/mailFolders/" + Id(folder), """{"isHidden":true}"""));
        await f.ErrorAsync(HttpStatusCode.Forbidden, "PATCH", "me/mailFolders/inbox", """{"displayName":"Mine"}""");
        await f.ErrorAsync(HttpStatusCode.Forbidden, "DELETE", "me/mailFolders/inbox");
    }

    [Fact]
    public async Task Folders_have_extended_properties_and_a_size()
    {
        using Fixture f = new();
        const string Mark = "String {00020329-0000-0000-C000-000000000046} Name PstSource";
        string folder = Id(await f.PostAsync("me/mailFolders", $$"""{"displayName":"X","singleValueExtendedProperties":[{"id":"{{Mark}}","value":"a.pst"}]}"""));
        await f.ImportAsync(folder: folder, more: ""","attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AQID"}]""");

        JsonElement read = await f.GetAsync($"me/mailFolders/{folder}?$expand=singleValueExtendedProperties($filter=id eq '{Mark}' or id eq 'Long 0x0E08' or id eq 'String 0x3613' or id eq 'Integer 0x3602')");

        JsonElement[] properties = read.GetProperty("singleValueExtendedProperties").EnumerateArray().ToArray();
        Assert.Equal(["a.pst", properties[1].GetProperty("value").GetString(), "IPF.Note", "1"], properties.Select(p => p.GetProperty("value").GetString()));
        Assert.InRange(long.Parse(properties[1].GetProperty("value").GetString()!, CultureInfo.InvariantCulture), 100, 10_000);
        JsonElement list = await f.GetAsync("me/mailFolders?$top=100&$expand=singleValueExtendedProperties($filter=id eq 'Long 0x0E08')");
        Assert.All(list.GetProperty("value").EnumerateArray(), x => Assert.Single(x.GetProperty("singleValueExtendedProperties").EnumerateArray()));
        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/mailFolders?$expand=messages");
    }

    [Fact]
    public async Task Deleting_puts_a_folder_into_deleted_items_and_then_away()
    {
        using Fixture f = new();
        string folder = Id(await f.PostAsync("me/mailFolders", """{"displayName":"Old"}"""));
        string inside = Id(await f.PostAsync($"me/mailFolders/{folder}/childFolders", """{"displayName":"Inside"}"""));
        await f.ImportAsync(folder: inside);

        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/mailFolders/" + folder);
        JsonElement deleted = await f.GetAsync("me/mailFolders/deleteditems");
        Assert.Equal(Id(deleted), (await f.GetAsync("me/mailFolders/" + folder)).GetProperty("parentFolderId").GetString());
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/mailFolders/" + folder);

        Assert.Equal("ErrorItemNotFound", await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/mailFolders/" + inside));
        Assert.Equal("0", await (await f.SendAsync("GET", "me/messages/$count")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Moving_a_folder_keeps_its_id_and_refuses_circles()
    {
        using Fixture f = new();
        string outer = Id(await f.PostAsync("me/mailFolders", """{"displayName":"Outer"}"""));
        string inner = Id(await f.PostAsync($"me/mailFolders/{outer}/childFolders", """{"displayName":"Inner"}"""));

        await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", $"me/mailFolders/{outer}/move", $$"""{"destinationId":"{{inner}}"}""");
        JsonElement moved = await f.PostAsync($"me/mailFolders/{inner}/move", """{"DestinationId":"inbox"}""");

        Assert.Equal(inner, Id(moved));
        await f.JsonAsync(HttpStatusCode.NoContent, "POST", $"me/mailFolders/{inner}/permanentDelete");
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/mailFolders/" + inner);
    }

    [Fact]
    public async Task A_user_is_me_by_address_only()
    {
        using Fixture f = new(options: new SandboxOptions { Address = "anna@example.com" });

        Assert.Equal("anna@example.com", (await f.GetAsync("me")).GetProperty("mail").GetString());
        await f.GetAsync("users/ANNA@example.com/mailFolders/inbox");
        Assert.Equal("ErrorInvalidUser", await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "users/bob@example.com/mailFolders"));
        Assert.Equal(f.Mailbox.MailboxId, (await f.GetAsync("me/settings/exchange")).GetProperty("primaryMailboxId").GetString());
    }

    [Theory]
    [InlineData("GET", "me/mailFolders/nonsense", HttpStatusCode.BadRequest, "ErrorInvalidIdMalformed")]
    [InlineData("GET", "me/mailFolders/clutter", HttpStatusCode.NotFound, "ErrorItemNotFound")]
    [InlineData("GET", "me/mailFolders/contacts", HttpStatusCode.NotFound, "ErrorItemNotFound")]
    [InlineData("GET", "me/nothing", HttpStatusCode.BadRequest, "BadRequest")]
    [InlineData("PUT", "me/mailFolders", HttpStatusCode.MethodNotAllowed, "Request_BadRequest")]
    [InlineData("GET", "me/mailFolders?$search=x", HttpStatusCode.BadRequest, "RequestBroker--ParseUri")]
    [InlineData("GET", "me/mailFolders?$top=0", HttpStatusCode.BadRequest, "RequestBroker--ParseUri")]
    [InlineData("GET", "me/mailFolders?$top=1&$top=2", HttpStatusCode.BadRequest, "RequestBroker--ParseUri")]
    [InlineData("GET", "me/mailFolders?$select=subject", HttpStatusCode.BadRequest, "RequestBroker--ParseUri")]
    [InlineData("GET", "/beta/me", HttpStatusCode.BadRequest, "BadRequest")]
    public async Task What_is_not_there_is_an_error(string method, string path, HttpStatusCode status, string code)
    {
        using Fixture f = new();

        Assert.Equal(code, await f.ErrorAsync(status, method, path));
    }

    [Theory]
    [InlineData("""{"displayName":""}""", "ErrorFolderSave")]
    [InlineData("""{"displayName":5}""", "RequestBodyRead")]
    [InlineData("""{"displayName":"x","colour":"red"}""", "RequestBodyRead")]
    [InlineData("""[]""", "RequestBodyRead")]
    [InlineData("""{"displayName":""", "BadRequest")]
    public async Task A_wrong_body_is_an_error(string json, string code)
    {
        using Fixture f = new();

        Assert.Equal(code, await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/mailFolders", json));
    }
}
