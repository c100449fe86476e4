using System.Net;
using System.Text.Json;
using Xunit;

namespace PstMigration.Sandbox.Tests.Mailboxes;

/// <summary>Folders as the import and export of mailbox items sees them: of every kind.</summary>
public sealed class MailboxFolderTests : IDisposable
{
    private readonly MailboxFixture _mailbox = new();

    public void Dispose() => _mailbox.Dispose();

    [Fact]
    public async Task All_kinds_are_listed_and_can_be_chosen_by_class()
    {
        JsonElement all = await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders?$top=50");
        string[] classes = [.. all.GetProperty("value").EnumerateArray().Select(f => f.GetProperty("type").GetString()!).Distinct().OrderBy(c => c, StringComparer.Ordinal)];
        Assert.Equal(["IPF.Appointment", "IPF.Contact", "IPF.Note", "IPF.Task"], classes);
        JsonElement calendars = await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders?$filter=type eq 'IPF.Appointment'&$select=displayName,type,wellKnownName");
        Assert.Equal("Calendar", Assert.Single(calendars.GetProperty("value").EnumerateArray()).GetProperty("displayName").GetString());

        // mailFolders leaves out hidden ones too.
        JsonElement issues = all.GetProperty("value").EnumerateArray().Single(f => f.GetProperty("wellKnownName").GetString() == "syncissues");
        Assert.Equal(3, issues.GetProperty("childFolderCount").GetInt32());
        JsonElement children = await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/" + Fixture.Id(issues) + "/childFolders");
        JsonElement child = children.GetProperty("value")[0];
        Assert.Equal(Fixture.Id(issues), child.GetProperty("parentFolderId").GetString());
        Assert.Equal(Fixture.Id(child), Fixture.Id(await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/syncissues/childFolders/" + Fixture.Id(child))));
        Assert.Equal("ErrorItemNotFound", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.NotFound, "GET", _mailbox.Root + "/folders/inbox/childFolders/" + Fixture.Id(child)));
    }

    [Fact]
    public async Task Folders_of_any_class_are_made_here_alone()
    {
        JsonElement notes = await _mailbox.Sandbox.PostAsync(
            _mailbox.Root + "/folders",
            """{"displayName":"付箋","type":"IPF.StickyNote","singleValueExtendedProperties":[{"id":"String {00020329-0000-0000-C000-000000000046} Name PstSource","value":"a.pst"}]}""");
        Assert.Equal("IPF.StickyNote", notes.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, notes.GetProperty("wellKnownName").ValueKind);
        Assert.EndsWith("/v1.0/" + _mailbox.Root, notes.GetProperty("parentMailboxUrl").GetString(), StringComparison.Ordinal);
        JsonElement again = await _mailbox.Sandbox.GetAsync(
            _mailbox.Root + "/folders/" + Fixture.Id(notes) + "?$expand=singleValueExtendedProperties($filter=id eq 'String {00020329-0000-0000-C000-000000000046} Name PstSource')");
        Assert.Equal("a.pst", again.GetProperty("singleValueExtendedProperties")[0].GetProperty("value").GetString());
        JsonElement mail = await _mailbox.Sandbox.GetAsync("me/mailFolders?$top=100&includeHiddenFolders=true");
        Assert.DoesNotContain(mail.GetProperty("value").EnumerateArray(), f => f.GetProperty("displayName").GetString() == "付箋");

        Assert.Equal("ErrorInvalidProperty", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "POST", _mailbox.Root + "/folders", """{"displayName":"x"}"""));
        Assert.Equal("ErrorInvalidProperty", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "POST", _mailbox.Root + "/folders", """{"displayName":"x","type":"IPM.Note"}"""));
        Assert.Equal("ErrorFolderSave", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "POST", _mailbox.Root + "/folders", """{"type":"IPF.Note"}"""));
        Assert.Equal("ErrorFolderExists", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.Conflict, "POST", _mailbox.Root + "/folders", """{"displayName":"付箋","type":"IPF.Note"}"""));
    }

    [Fact]
    public async Task A_folder_is_renamed_and_deleted_and_a_delta_tells_of_it()
    {
        JsonElement made = await _mailbox.Sandbox.PostAsync(_mailbox.Root + "/folders/inbox/childFolders", """{"displayName":"Below","type":"IPF.Note"}""");
        string link = (await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/delta", ("Prefer", "odata.maxpagesize=100"))).GetProperty("@odata.deltaLink").GetString()!;

        await _mailbox.Sandbox.JsonAsync(HttpStatusCode.OK, "PATCH", _mailbox.Root + "/folders/" + Fixture.Id(made), """{"displayName":"Renamed"}""");
        JsonElement renamed = await _mailbox.Sandbox.GetAsync(link);
        Assert.Equal("Renamed", Assert.Single(renamed.GetProperty("value").EnumerateArray()).GetProperty("displayName").GetString());
        await _mailbox.Sandbox.JsonAsync(HttpStatusCode.NoContent, "DELETE", _mailbox.Root + "/folders/" + Fixture.Id(made));
        JsonElement gone = Assert.Single((await _mailbox.Sandbox.GetAsync(renamed.GetProperty("@odata.deltaLink").GetString()!)).GetProperty("value").EnumerateArray());
        Assert.Equal("deleted", gone.GetProperty("@removed").GetProperty("reason").GetString());
        Assert.Equal(Fixture.Id(made), Fixture.Id(gone));

        Assert.Equal("ErrorDeleteDistinguishedFolder", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.Forbidden, "DELETE", _mailbox.Root + "/folders/inbox"));
        Assert.Equal("ErrorInvalidProperty", await _mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "PATCH", _mailbox.Root + "/folders/inbox", """{"type":"IPF.Task"}"""));
    }
}
