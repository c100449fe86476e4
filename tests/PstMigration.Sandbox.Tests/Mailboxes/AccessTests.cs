using System.Net;
using System.Text.Json;
using Xunit;

namespace PstMigration.Sandbox.Tests.Mailboxes;

/// <summary>Who may import and export what.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task The_mailbox_is_found_by_what_the_settings_name()
    {
        using MailboxFixture mailbox = new();
        string id = (await mailbox.Sandbox.GetAsync("me/settings/exchange")).GetProperty("primaryMailboxId").GetString()!;
        Assert.Equal(id, Fixture.Id(await mailbox.Sandbox.GetAsync("admin/exchange/mailboxes/" + Uri.EscapeDataString(id))));
        Assert.Equal(id, Fixture.Id(await mailbox.Sandbox.GetAsync("admin/exchange/mailboxes/" + id)));
        Assert.Equal("ErrorMailboxNotFound", await mailbox.Sandbox.ErrorAsync(HttpStatusCode.NotFound, "GET", $"admin/exchange/mailboxes/MBX:{Guid.Empty}@{Guid.Empty}/folders"));
        await mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "GET", mailbox.Root + "/parcels");
        await mailbox.Sandbox.ErrorAsync(HttpStatusCode.MethodNotAllowed, "GET", mailbox.Root + "/exportItems");
    }

    [Fact]
    public async Task Personal_accounts_have_none_of_it()
    {
        using MailboxFixture mailbox = new(options: new SandboxOptions { IsPersonalAccount = true });
        foreach ((string method, string path) in new[] { ("GET", mailbox.Root + "/folders"), ("POST", mailbox.Root + "/exportItems"), ("POST", mailbox.Root + "/createImportSession"), ("GET", "me/settings/exchange") })
        {
            Assert.Equal("ErrorAccessDenied", await mailbox.Sandbox.ErrorAsync(HttpStatusCode.Forbidden, method, path, method == "POST" ? "{}" : null));
        }

        await mailbox.Sandbox.ImportAsync();
    }

    [Theory]
    [InlineData("MailboxFolder.Read", true, false, false, false, false)]
    [InlineData("MailboxFolder.ReadWrite.All", true, true, false, false, false)]
    [InlineData("MailboxItem.Read", false, false, true, false, false)]
    [InlineData("MailboxItem.Export.All", false, false, false, true, false)]
    [InlineData("MailboxItem.ImportExport", false, false, true, true, true)]
    [InlineData("Mail.ReadWrite", false, false, false, false, false)]
    public async Task Each_call_wants_a_permission(string permission, bool folders, bool newFolders, bool items, bool export, bool import)
    {
        using MailboxFixture mailbox = new(options: new SandboxOptions { Permissions = [permission] });
        string item = Fixture.Id(await mailbox.Sandbox.ImportAsync());
        await Expect(folders, HttpStatusCode.OK, "GET", "/folders");
        await Expect(newFolders, HttpStatusCode.Created, "POST", "/folders", """{"displayName":"x","type":"IPF.Note"}""");
        await Expect(items, HttpStatusCode.OK, "GET", "/folders/inbox/items");
        await Expect(export, HttpStatusCode.OK, "POST", "/exportItems", JsonSerializer.Serialize(new { ItemIds = new[] { item } }));
        await Expect(import, HttpStatusCode.OK, "POST", "/createImportSession");

        async Task Expect(bool allowed, HttpStatusCode status, string method, string path, string? json = null) =>
            await mailbox.Sandbox.JsonAsync(allowed ? status : HttpStatusCode.Forbidden, method, mailbox.Root + path, json);
    }

    [Fact]
    public async Task The_beta_is_there_for_nothing_else()
    {
        using MailboxFixture mailbox = new();
        await mailbox.Sandbox.ErrorAsync(HttpStatusCode.BadRequest, "GET", "https://graph.microsoft.com/beta/me/messages");
    }

    [Fact]
    public async Task A_folder_that_moved_to_another_archive_is_answered_308_on_demand()
    {
        using MailboxFixture mailbox = new();
        Uri place = new("https://graph.microsoft.com/v1.0/admin/Exchange/Mailboxes/MBX:767fh867@a7809c93/folders/x");
        mailbox.Sandbox.Mailbox.Faults.Add(new SandboxFault { Path = "/folders", StatusCode = 308, Location = place });
        using System.Net.Http.HttpResponseMessage answer = await mailbox.Sandbox.SendAsync("GET", mailbox.Root + "/folders/inbox/items");
        Assert.Equal(308, (int)answer.StatusCode);
        Assert.Equal(place, answer.Headers.Location);
    }
}
