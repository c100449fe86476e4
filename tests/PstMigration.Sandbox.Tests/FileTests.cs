using System.Net;
using System.Net.Http;
using System.Text.Json;
using PstMigration.Storage;
using PstMigration.Tests;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class FileTests
{
    [Fact]
    public async Task One_file_remains_and_holds_everything()
    {
        using Fixture f = new(options: new SandboxOptions { Address = "anna@example.com" });
        string id = Id(await f.ImportAsync("kept"));
        string mailbox = f.Mailbox.MailboxId;
        f.Client.Dispose();
        f.Mailbox.Dispose();
        Assert.Equal([f.FilePath], Directory.GetFiles(Path.GetDirectoryName(f.FilePath)!));

        f.Reopen();

        Assert.Equal(("anna@example.com", mailbox), (f.Mailbox.Address, f.Mailbox.MailboxId));
        Assert.Equal("kept", (await f.GetAsync("me/messages/" + id)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync("kept"));
        string copy = f.FilePath + ".killed";

        // What is on the disk while the mailbox is open is what a killed process leaves.
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(f.FilePath)!))
        {
            using FileStream from = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(copy + file.Substring(f.FilePath.Length));
            from.CopyTo(to);
        }

        using SandboxMailbox killed = SandboxMailbox.Open(copy, f.Options);
        using HttpClient client = new(killed.CreateHandler()) { BaseAddress = f.Client.BaseAddress };
        Assert.Contains("kept", await client.GetStringAsync("me/messages/" + id));
    }

    [Fact]
    public void The_default_address()
    {
        using Fixture f = new();

        Assert.Equal("rehearsal@sandbox.invalid", f.Mailbox.Address);
        Assert.StartsWith("MBX:", f.Mailbox.MailboxId);
    }

    [Fact]
    public void A_file_in_use_is_refused()
    {
        using Fixture f = new();

        Assert.Equal("SandboxInUse", Assert.Throws<SandboxException>(() => SandboxMailbox.Open(f.FilePath)).Id);
    }

    [Fact]
    public void Another_file_is_refused_and_left_alone()
    {
        using Fixture f = new();
        string text = f.FilePath + ".txt";
        File.WriteAllText(text, new string('x', 10_000));
        string folder = Path.GetDirectoryName(f.FilePath)!;

        Assert.Equal("NotASandbox", Assert.Throws<SandboxException>(() => SandboxMailbox.Open(text)).Id);
        Assert.Equal(new string('x', 10_000), File.ReadAllText(text));
        Assert.Equal("SandboxCannotOpen", Assert.Throws<SandboxException>(() => SandboxMailbox.Open(Path.Combine(folder, "no", "such"))).Id);
        Assert.Equal("SandboxCannotOpen", Assert.Throws<SandboxException>(() => SandboxMailbox.Open(folder)).Id);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_it_is_and_stores_nothing()
    {
        using Fixture f = new();
        f.Mailbox.Dispose();
        using MailboxStore store = MailboxStore.Open(f.FilePath, f.Options);
        store.Database.Execute("PRAGMA max_page_count=" + (store.Database.Number("PRAGMA page_count") + 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
        using HttpClient client = new(new SandboxHandler(new SandboxService(store, f.Options, new SandboxFaults()))) { BaseAddress = f.Client.BaseAddress };
        using StringContent large = new($$$"""{"subject":"x","body":{"contentType":"text","content":"{{{new string('x', 1_000_000)}}}"}}""", System.Text.Encoding.UTF8, "application/json");

        // The disk is this machine's, and no service's: a program has to hear of it, not guess by a status.
        StorageException full = await Assert.ThrowsAsync<StorageException>(() => client.PostAsync("me/messages", large));

        Assert.Equal(("DiskFull", StorageProblem.Full), (full.Id, full.Problem));
        Assert.Equal("0", await client.GetStringAsync("me/messages/$count"));
        using StringContent small = new("""{"subject":"x"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("me/messages", small)).StatusCode);
    }

    [Fact]
    public async Task A_mailbox_on_a_disk_that_is_full_indeed_closes_and_opens_again()
    {
        using SmallDisk disk = new(3072);
        int made = 0;
        using (SandboxMailbox mailbox = SandboxMailbox.Open(disk["a.mailbox"]))
        {
            using HttpClient client = Client(mailbox);
            Exception? error = null;
            while (error is null)
            {
                using StringContent large = new($$$"""{"subject":"x","body":{"contentType":"text","content":"{{{new string('x', 100_000)}}}"}}""", System.Text.Encoding.UTF8, "application/json");
                error = await Record.ExceptionAsync(async () => Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("me/messages", large)).StatusCode));
                made += error is null ? 1 : 0;
            }

            Assert.Equal("DiskFull", Assert.IsType<StorageException>(error).Id);
            Assert.InRange(made, 3, 40);
            Assert.Equal(made.ToString(System.Globalization.CultureInfo.InvariantCulture), await client.GetStringAsync("me/messages/$count"));
        }

        using SandboxMailbox again = SandboxMailbox.Open(disk["a.mailbox"]);
        using HttpClient reader = Client(again);
        Assert.Equal(made.ToString(System.Globalization.CultureInfo.InvariantCulture), await reader.GetStringAsync("me/messages/$count"));
    }

    [Fact]
    public void No_room_for_a_new_mailbox_is_a_full_disk()
    {
        using SmallDisk disk = new(1024);
        disk.Fill();

        Assert.Equal("DiskFull", Assert.Throws<StorageException>(() => SandboxMailbox.Open(disk["a.mailbox"])).Id);
        disk.Clear();
        SandboxMailbox.Open(disk["a.mailbox"]).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("INSERT INTO meta(key, value) VALUES('change', 0)")]
    public async Task A_file_whose_first_start_ended_after_its_tables_becomes_a_whole_mailbox(string more)
    {
        using Fixture f = new();
        string path = f.FilePath + ".half";
        using (SqliteDatabase half = SqliteDatabase.Open(path, new SqliteSchema(Schema.ApplicationId, Schema.CreateTables), SqliteAccess.Alone))
        {
            half.Execute(more);
        }

        using SandboxMailbox mailbox = SandboxMailbox.Open(path, f.Options);
        using HttpClient client = Client(mailbox);

        Assert.Equal(SandboxMailbox.DefaultAddress, mailbox.Address);
        Assert.Contains("Inbox", await client.GetStringAsync("me/mailFolders/inbox"));
    }

    [Fact]
    public async Task Uploads_nobody_can_finish_are_taken_out()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = AttachmentTests.Bytes(2_000_000);
        string url = (await AttachmentTests.SessionAsync(f, id, 4_000_000)).GetProperty("uploadUrl").GetString()!;
        await AttachmentTests.PutAsync(f, url, bytes, 0, bytes.Length, total: 4_000_000);
        f.Reopen();
        Assert.Equal(HttpStatusCode.OK, (await AttachmentTests.PutAsync(f, url, bytes, 2_000_000, 1_000_000, total: 4_000_000)).StatusCode);
        f.Time.Advance(f.Options.UploadSessionLifetime);
        f.Mailbox.Dispose();

        using MailboxStore store = MailboxStore.Open(f.FilePath, f.Options);

        Assert.Equal(0, store.Database.Number("SELECT COUNT(*) FROM chunk"));
    }

    [Fact]
    public async Task Nothing_is_answered_after_dispose()
    {
        using Fixture f = new();
        f.Mailbox.Dispose();
        f.Mailbox.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => f.SendAsync("GET", "me/messages"));
    }

    [Theory]
    [InlineData("singleValueExtendedProperties/any(ep: ep/id eq 'String {00020329-0000-0000-C000-000000000046} Name M' and ep/value eq 'x')", "property_value")]
    [InlineData("internetMessageId eq '<a@b>'", "property_value")]
    [InlineData("receivedDateTime ge 2020-01-01T00:00:00Z", "item_received")]
    public void A_filter_uses_an_index(string filter, string index)
    {
        using Fixture f = new();
        f.Mailbox.Dispose();
        using MailboxStore store = MailboxStore.Open(f.FilePath, f.Options);
        FilterSql sql = FilterParser.Parse(filter, MessageFields.Filters, 0L, 5L);

        string plan = string.Join("\n", store.Database.Query(
            "EXPLAIN QUERY PLAN SELECT i.number FROM item i WHERE i.kind = @0 AND i.folder = @1 AND " + sql.Sql, r => r.GetString(3), [.. sql.Arguments]));

        Assert.Contains(index, plan);
    }

    private static HttpClient Client(SandboxMailbox mailbox) => new(mailbox.CreateHandler()) { BaseAddress = new Uri("https://graph.microsoft.com/v1.0/") };
}
