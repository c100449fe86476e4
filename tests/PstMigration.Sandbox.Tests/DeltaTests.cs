using System.Net;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class DeltaTests
{
    private static readonly (string, string) s_immutable = ("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=2");

    [Fact]
    public async Task Messages_come_once_and_then_what_changed()
    {
        using Fixture f = new();
        List<string> ids = [];
        for (int i = 0; i < 5; i++)
        {
            ids.Add(Id(await f.ImportAsync("m" + i, headers: s_immutable)));
        }

        (List<JsonElement> first, string link) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta?$select=subject");
        Assert.Equal(ids, first.Select(Id));
        Assert.All(first, m => Assert.False(m.TryGetProperty("body", out _)));

        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + ids[1], """{"isRead":true}""", s_immutable);
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/messages/" + ids[2]);
        await f.JsonAsync(HttpStatusCode.NoContent, "POST", $"me/messages/{ids[3]}/permanentDelete");
        string added = Id(await f.ImportAsync("new", headers: s_immutable));

        (List<JsonElement> second, string next) = await ReadAsync(f, link);
        Assert.Equal([ids[1], ids[2], ids[3], added], second.Select(Id));
        Assert.Equal([false, true, true, false], second.Select(m => m.TryGetProperty("@removed", out _)));
        Assert.False(second[0].TryGetProperty("body", out _));
        Assert.Empty((await ReadAsync(f, next)).Entries);
        Assert.Equal(4, (await ReadAsync(f, link)).Entries.Count);
    }

    [Fact]
    public async Task A_change_while_paging_is_not_lost()
    {
        using Fixture f = new();
        List<string> ids = [];
        for (int i = 0; i < 5; i++)
        {
            ids.Add(Id(await f.ImportAsync("m" + i, headers: s_immutable)));
        }

        JsonElement page = await f.GetAsync("me/mailFolders/inbox/messages/delta?changeType=created", s_immutable);
        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + ids[4], """{"isRead":true}""", s_immutable);
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/messages/" + ids[0]);
        (List<JsonElement> rest, _) = await ReadAsync(f, page.GetProperty("@odata.nextLink").GetString()!);

        // The changed one is new to this client all the same.
        Assert.Equal(ids.Skip(2), rest.Select(Id));
    }

    [Theory]
    [InlineData("created", 1)]
    [InlineData("updated", 1)]
    [InlineData("deleted", 1)]
    public async Task One_kind_of_change(string type, int expected)
    {
        using Fixture f = new();
        string changed = Id(await f.ImportAsync("changed", headers: s_immutable));
        string deleted = Id(await f.ImportAsync("deleted", headers: s_immutable));
        (_, string link) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta?changeType=" + type);
        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + changed, """{"isRead":true}""");
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/messages/" + deleted);
        await f.ImportAsync("created");

        (List<JsonElement> entries, _) = await ReadAsync(f, link);

        Assert.Equal(expected, entries.Count);
        Assert.Equal(type == "deleted", entries[0].TryGetProperty("@removed", out _));
        Assert.Equal(type == "deleted" ? null : type == "updated" ? "changed" : "created", entries[0].TryGetProperty("subject", out JsonElement s) ? s.GetString() : null);
    }

    [Fact]
    public async Task A_move_takes_away_here_and_adds_there()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync(headers: s_immutable));
        (_, string inbox) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta");
        (_, string archive) = await ReadAsync(f, "me/mailFolders/archive/messages/delta");
        await f.PostAsync($"me/messages/{id}/move", """{"DestinationId":"archive"}""");

        JsonElement gone = Assert.Single((await ReadAsync(f, inbox)).Entries);
        JsonElement come = Assert.Single((await ReadAsync(f, archive)).Entries);
        Assert.Equal(("deleted", id), (gone.GetProperty("@removed").GetProperty("reason").GetString(), Id(gone)));
        Assert.Equal(id, Id(come));
    }

    [Fact]
    public async Task Tokens_expire()
    {
        using Fixture f = new();
        (_, string byTime) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta");
        f.Time.Advance(f.Options.DeltaTokenLifetime + TimeSpan.FromSeconds(1));
        Assert.Equal("SyncStateNotFound", await f.ErrorAsync(HttpStatusCode.Gone, "GET", byTime));

        (_, string onDemand) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta");
        f.Mailbox.ExpireDeltaTokens();
        f.Reopen();
        Assert.Equal("SyncStateNotFound", await f.ErrorAsync(HttpStatusCode.Gone, "GET", onDemand));
        Assert.Equal("SyncStateInvalid", await f.ErrorAsync(HttpStatusCode.Gone, "GET", "me/mailFolders/inbox/messages/delta?$deltatoken=bm9uc2Vuc2U="));
        (_, string kept) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta");
        f.Reopen();
        Assert.Empty((await ReadAsync(f, kept)).Entries);
    }

    [Fact]
    public async Task Only_received_time_filters()
    {
        using Fixture f = new();
        await f.ImportAsync("old");
        await f.PostAsync("me/mailFolders/inbox/messages", """{"subject":"now"}""");

        (List<JsonElement> entries, _) = await ReadAsync(f, "me/mailFolders/inbox/messages/delta?$filter=receivedDateTime ge 2020-01-01T00:00:00Z");

        Assert.Equal("now", Assert.Single(entries).GetProperty("subject").GetString());
        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/mailFolders/inbox/messages/delta?$filter=isRead eq true");
        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/mailFolders/inbox/messages/delta?$filter=receivedDateTime lt 2020-01-01T00:00:00Z");
        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/mailFolders/inbox/messages/delta?changeType=moved");
    }

    [Fact]
    public async Task Folders_are_flat_and_say_what_went()
    {
        using Fixture f = new();
        string outer = Id(await f.PostAsync("me/mailFolders", """{"displayName":"Outer"}"""));
        string inner = Id(await f.PostAsync($"me/mailFolders/{outer}/childFolders", """{"displayName":"Inner"}"""));
        (List<JsonElement> all, string link) = await ReadAsync(f, "me/mailFolders/delta");
        Assert.Contains(inner, all.Select(Id));
        Assert.DoesNotContain("Contacts", all.Select(a => a.GetProperty("displayName").GetString()));
        Assert.DoesNotContain("Deletions", all.Select(a => a.GetProperty("displayName").GetString()));

        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/mailFolders/" + outer, """{"displayName":"Renamed"}""");
        await f.JsonAsync(HttpStatusCode.NoContent, "POST", $"me/mailFolders/{inner}/permanentDelete");
        (List<JsonElement> changes, _) = await ReadAsync(f, link);

        Assert.Equal([outer, inner], changes.Select(Id));
        Assert.Equal("Renamed", changes[0].GetProperty("displayName").GetString());
        Assert.True(changes[1].TryGetProperty("@removed", out _));
    }

    [Fact]
    public async Task Contacts_and_their_folders_too()
    {
        using Fixture f = new();
        string folder = Id(await f.PostAsync("me/contactFolders", """{"displayName":"Friends"}"""));
        string contact = Id(await f.PostAsync($"me/contactFolders/{folder}/contacts", """{"displayName":"A"}""", s_immutable));
        (List<JsonElement> folders, string link) = await ReadAsync(f, "me/contactFolders/delta");
        (List<JsonElement> contacts, string contactLink) = await ReadAsync(f, $"me/contactFolders/{folder}/contacts/delta");
        Assert.Equal(["Contacts", "Friends"], folders.Select(x => x.GetProperty("displayName").GetString()));
        Assert.Equal(contact, Id(Assert.Single(contacts)));

        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/contacts/" + contact);
        Assert.Equal(contact, Id(Assert.Single((await ReadAsync(f, contactLink)).Entries)));
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/contactFolders/" + folder);
        Assert.Equal(folder, Id(Assert.Single((await ReadAsync(f, link)).Entries)));
    }

    private static async Task<(List<JsonElement> Entries, string Link)> ReadAsync(Fixture f, string url)
    {
        List<JsonElement> entries = [];
        while (true)
        {
            JsonElement page = await f.GetAsync(url, s_immutable);
            entries.AddRange(page.GetProperty("value").EnumerateArray());
            if (page.TryGetProperty("@odata.deltaLink", out JsonElement delta))
            {
                return (entries, delta.GetString()!);
            }

            url = page.GetProperty("@odata.nextLink").GetString()!;
        }
    }
}
