using System.Net;
using System.Text.Json;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Sandbox.Tests.Mailboxes;

/// <summary>Every switch of <see cref="SandboxBehaviour"/> that is about import and export, both ways. A test is named after its switch.</summary>
public sealed class MailboxBehaviourTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SharesFolderIds(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { SharesFolderIds = on });
        string ofMail = Fixture.Id(await mailbox.Sandbox.GetAsync("me/mailFolders/inbox"));
        string here = await mailbox.FolderAsync();
        Assert.Equal(on, ofMail == here);
        Assert.Equal("Inbox", (await mailbox.Sandbox.GetAsync(mailbox.Root + "/folders/" + here)).GetProperty("displayName").GetString());
        await mailbox.Sandbox.JsonAsync(on ? HttpStatusCode.OK : HttpStatusCode.BadRequest, "GET", mailbox.Root + "/folders/" + ofMail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TakesAddressAsMailboxId(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { TakesAddressAsMailboxId = on });
        await mailbox.Sandbox.JsonAsync(on ? HttpStatusCode.OK : HttpStatusCode.NotFound, "GET", "admin/exchange/mailboxes/" + mailbox.Sandbox.Mailbox.Address + "/folders");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServesArchivesInV1(bool on)
    {
        using Fixture place = new();
        using MailboxFixture mailbox = new(new SandboxBehaviour { ServesArchivesInV1 = on }, new SandboxOptions { ArchivePath = place.FilePath + ".archive" });
        SandboxMailbox archive = mailbox.Sandbox.Mailbox.Archive!;
        string id = archive.MailboxId;
        JsonElement settings = await mailbox.Sandbox.GetAsync("me/settings/exchange");
        Assert.Equal(on, settings.TryGetProperty("inPlaceArchiveMailboxId", out _));
        await mailbox.Sandbox.JsonAsync(on ? HttpStatusCode.OK : HttpStatusCode.NotFound, "GET", MailboxFixture.Of(archive) + "/folders");

        const string Beta = "https://graph.microsoft.com/beta/";
        Assert.Equal(id, (await mailbox.Sandbox.GetAsync(Beta + "me/settings/exchange")).GetProperty("inPlaceArchiveMailboxId").GetString());
        string root = Beta + MailboxFixture.Of(archive);
        JsonElement folder = (await mailbox.Sandbox.GetAsync(root + "/folders?$filter=displayName eq 'Inbox'")).GetProperty("value")[0];
        Assert.StartsWith(Beta, folder.GetProperty("parentMailboxUrl").GetString(), StringComparison.Ordinal);
        Assert.Equal("ErrorItemNotFound", await mailbox.Sandbox.ErrorAsync(HttpStatusCode.NotFound, "GET", root + "/folders/inbox"));

        // What is imported there is in the archive, and not in the mailbox.
        Uri session = new((await mailbox.Sandbox.JsonAsync(HttpStatusCode.OK, "POST", root + "/createImportSession")).GetProperty("importUrl").GetString()!);
        (string item, _) = await mailbox.ImportAsync(MailboxFixture.Message("old"), Fixture.Id(folder), session);
        JsonElement exported = (await mailbox.Sandbox.JsonAsync(HttpStatusCode.OK, "POST", root + "/exportItems", JsonSerializer.Serialize(new { ItemIds = new[] { item } }))).GetProperty("value")[0];
        Assert.True(exported.TryGetProperty("data", out _));
        Assert.Equal(0, (await mailbox.Sandbox.GetAsync("me/messages")).GetProperty("value").GetArrayLength());
        Assert.True((await mailbox.ExportAsync(item))[0].TryGetProperty("error", out _));

        // A folder of the one is none of the other.
        (HttpStatusCode status, _) = await mailbox.PostAsync(await mailbox.SessionAsync(), new { FolderId = Fixture.Id(folder), Mode = "create", Data = MailboxFixture.Data(MailboxFixture.Message()) });
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportsForeignStreams(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { ImportsForeignStreams = on });
        string folder = await mailbox.FolderAsync();
        Uri session = await mailbox.SessionAsync();
        object own = new { FolderId = folder, Mode = "create", Data = MailboxFixture.Data(MailboxFixture.Message()) };
        Assert.Equal(on ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await mailbox.PostAsync(session, own)).Status);

        // What was exported is taken, also where its flags were changed on the way.
        string made = Fixture.Id(await mailbox.Sandbox.ImportAsync("made"));
        MapiItem exported = await mailbox.ExportOneAsync(made);
        exported.Properties.Set(PropertyTags.MessageFlags, 0);
        (string id, _) = await mailbox.ImportAsync(exported, folder, session);
        Assert.False((await mailbox.Sandbox.GetAsync("me/messages/" + id)).GetProperty("isRead").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesSelectInItemDelta(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { RefusesSelectInItemDelta = on });
        await mailbox.Sandbox.JsonAsync(on ? HttpStatusCode.BadRequest : HttpStatusCode.OK, "GET", mailbox.Root + "/folders/inbox/items/delta?$select=type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursImportedFlags(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { HonoursImportedFlags = on });
        (string id, _) = await mailbox.ImportAsync(MailboxFixture.Message(), await mailbox.FolderAsync());
        JsonElement message = await mailbox.Sandbox.GetAsync("me/messages/" + id);
        Assert.Equal(!on, message.GetProperty("isDraft").GetBoolean());
        Assert.Equal(!on, message.GetProperty("isRead").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursImportedTimes(bool on)
    {
        using MailboxFixture mailbox = new(new SandboxBehaviour { HonoursImportedTimes = on });
        (string id, _) = await mailbox.ImportAsync(MailboxFixture.Message(), await mailbox.FolderAsync());
        JsonElement message = await mailbox.Sandbox.GetAsync("me/messages/" + id);
        const string Now = "2026-11-23T12:00:00Z";
        Assert.Equal(on ? "2009-03-01T10:20:45Z" : Now, message.GetProperty("receivedDateTime").GetString());
        Assert.Equal(on ? "2009-03-01T10:20:30Z" : Now, message.GetProperty("sentDateTime").GetString());
    }
}
