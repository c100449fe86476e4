using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mailboxes.Tests.Sandbox;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Archive;

/// <summary>An archive mailbox is read through the export of mailbox items: items of all classes with all they have.</summary>
public sealed class ArchiveTests : IDisposable
{
    private const string Root = "https://sandbox.invalid/v1.0/admin/exchange/mailboxes/";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "archive-" + Guid.NewGuid().ToString("N"));
    private readonly SandboxFixture _sandbox;

    public ArchiveTests()
    {
        Directory.CreateDirectory(_folder);
        _sandbox = new SandboxFixture(options: new SandboxOptions { ArchivePath = Path.Combine(_folder, "old.mailbox"), VisibilityDelay = TimeSpan.Zero });
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Items_of_all_classes_come_whole()
    {
        MapiItem mail = Items.Mail("件名", attachments: Items.File("large.bin", Items.Bytes(400_000)));
        MapiItem series = Items.Mail("毎日");
        series.Properties.Set(PropertyTags.MessageClass, "IPM.Appointment");
        series.Properties.Set(new PropertyName(PropertySets.Appointment, 0x8216), Items.Bytes(80));
        series.Properties.Set(PropertyNames.AppointmentStart, Items.Sent);
        MapiItem note = Items.Mail("付箋");
        note.Properties.Set(PropertyTags.MessageClass, "IPM.StickyNote");
        string notes = await MakeFolderAsync("付箋", "IPF.StickyNote");
        await PutAsync(mail, await FolderAsync("inbox"));
        await PutAsync(series, await FolderAsync("calendar"));
        await PutAsync(note, notes);

        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await ReadAsync();

        Assert.Equal(3, all.Count);
        Assert.Equal(["IPF.Appointment", "IPF.Note", "IPF.StickyNote"], all.Select(i => i.Folder.ContainerClass).OrderBy(c => c, StringComparer.Ordinal));
        Assert.Equal(FolderRole.Inbox, all.Single(i => i.Listed.Summary.Subject == "件名").Folder.Role);
        foreach ((MapiItem before, string subject) in new[] { (mail, "件名"), (series, "毎日"), (note, "付箋") })
        {
            (_, SourceItem listed, MapiItem item) = all.Single(i => i.Item.Subject == subject);
            Assert.Equal(before.MessageClass, listed.Summary.MessageClass);
            Assert.Equal(subject, listed.Summary.Subject);
            Assert.Equal(before.Properties.GetTime(PropertyTags.MessageDeliveryTime), listed.Summary.ReceivedTime);
            Assert.NotNull(listed.Version);
            Assert.True(listed.Summary.IsComplete && listed.Summary.Size > 0);
            Assert.Equal(ItemDigester.Content(before), ItemDigester.Content(item));
        }

        Assert.Equal(Items.Bytes(80), all.Single(i => i.Item.Subject == "毎日").Item.Properties.GetBinary(new PropertyName(PropertySets.Appointment, 0x8216)));
        Assert.Equal(Items.Sent, all.Single(i => i.Item.Subject == "毎日").Listed.Summary.StartTime);
        Assert.DoesNotContain(_sandbox.Trace, l => l.Contains("MBX:", StringComparison.OrdinalIgnoreCase) || l.Contains(_sandbox.Mailbox.Address, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Folders_are_listed_with_what_lies_below()
    {
        string parent = await MakeFolderAsync("2019", "IPF.Note");
        await MakeFolderAsync("a/b", "IPF.Note", parent);
        IReadOnlyList<MailboxFolderInfo> folders = await _sandbox.Time.RunAsync(_sandbox.Connection.GetArchiveFoldersAsync(_sandbox.Log, CancellationToken.None));
        Assert.Contains(folders, f => f.Path.Names.SequenceEqual(["2019", "a/b"]));
        Assert.Contains(folders, f => f.ContainerClass == "IPF.Appointment");
    }

    [Fact]
    public async Task What_goes_wrong_on_the_way_is_asked_again()
    {
        await PutAsync(Items.Mail("one", attachments: Items.File("large.bin", Items.Bytes(300_000))), await FolderAsync("inbox"));
        foreach (SandboxFault fault in new[]
        {
            new SandboxFault { Path = "/items", StatusCode = 503 },
            new SandboxFault { Path = "/childFolders", StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(20) },
            new SandboxFault { Path = "/exportItems", StatusCode = null },
            new SandboxFault { Path = "/exportItems", StatusCode = 504, Point = SandboxFaultPoint.AfterCommit },
            new SandboxFault { Path = "/exportItems", TruncatesBody = true },
            new SandboxFault { Path = "/settings/exchange", StatusCode = 502 },
        })
        {
            _sandbox.Mailbox.Faults.Add(fault);
        }

        (_, _, MapiItem item) = Assert.Single(await ReadAsync());
        Assert.Equal(Items.Bytes(300_000), item.Attachments[0].Content!.ToArray());
        Assert.Equal(0, _sandbox.Mailbox.Faults.Pending);
    }

    [Fact]
    public async Task A_folder_that_moved_within_the_archive_is_followed()
    {
        string inbox = await FolderAsync("inbox");
        await PutAsync(Items.Mail("moved"), inbox);

        // The service writes the address as it likes.
        Uri there = new("https://sandbox.invalid/beta/admin/Exchange/Mailboxes/" + Uri.EscapeDataString(Archive.MailboxId) + "/folders/" + Uri.EscapeDataString(inbox) + "/items");
        _sandbox.Mailbox.Faults.Add(new SandboxFault { Path = inbox + "/items", StatusCode = 308, Location = there });
        Assert.Equal("moved", Assert.Single(await ReadAsync()).Item.Subject);
        Assert.Equal(0, _sandbox.Mailbox.Faults.Pending);
    }

    [Fact]
    public async Task An_item_that_is_gone_is_an_error_of_its_own()
    {
        (string id, string inbox) = (await PutAsync(Items.Mail("gone"), await FolderAsync("inbox")), await FolderAsync("inbox"));
        IItemSource source = await _sandbox.Time.RunAsync(_sandbox.Connection.OpenArchiveAsync(_sandbox.Log, CancellationToken.None));
        await using (source.ConfigureAwait(false))
        {
            SourceItem listed = (await _sandbox.Time.RunAsync(ListAsync(source))).Single();
            using HttpClient client = new(Archive.CreateHandler());
            using HttpResponseMessage removed = await client.DeleteAsync(Root + Archive.MailboxId + "/folders/" + inbox + "/items/" + id + "?disposalType=hardDelete");
            removed.EnsureSuccessStatusCode();
            MailDataException e = await Assert.ThrowsAnyAsync<MailDataException>(() => _sandbox.Time.RunAsync(listed.OpenAsync(CancellationToken.None)));
            Assert.Equal(MailboxErrorIds.GraphRejected, e.Error);
            Assert.False(e.EndsRun);
        }
    }

    [Fact]
    public async Task Who_may_not_is_told_what_is_wanted()
    {
        using SandboxFixture refused = new(options: new SandboxOptions { ArchivePath = Path.Combine(_folder, "b.mailbox"), Permissions = ["MailboxSettings.Read"] });
        MailDataException e = await Assert.ThrowsAnyAsync<MailDataException>(() => refused.Time.RunAsync(refused.Connection.GetArchiveFoldersAsync(null, CancellationToken.None)));
        Assert.Equal(MailboxErrorIds.ArchiveNotAllowed, e.Error);
        Assert.True(e.EndsRun);

        using SandboxFixture none = new();
        e = await Assert.ThrowsAnyAsync<MailDataException>(() => none.Time.RunAsync(none.Connection.OpenArchiveAsync(null, CancellationToken.None)));
        Assert.Equal(MailboxErrorIds.ArchiveNotFound, e.Error);

        using GraphMailboxConnection personal = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = Connections.NewAddress(),
            IsSignedInUser = true,
            Kind = MailboxKind.Personal,
            Handler = new ScriptedHandler(ScriptedHandler.Break()),
        });
        e = await Assert.ThrowsAnyAsync<MailDataException>(() => personal.OpenArchiveAsync(null, CancellationToken.None));
        Assert.Equal(MailboxErrorIds.ArchiveNotReachable, e.Error);
    }

    private SandboxMailbox Archive => _sandbox.Mailbox.Archive!;

    private async Task<List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)>> ReadAsync()
    {
        IItemSource source = await _sandbox.Time.RunAsync(_sandbox.Connection.OpenArchiveAsync(_sandbox.Log, CancellationToken.None));
        await using (source.ConfigureAwait(false))
        {
            List<(SourceFolder, SourceItem, MapiItem)> all = await _sandbox.Time.RunAsync(SandboxFixture.ReadAllAsync(source));

            // What is in an item is read as long as its source is open.
            return [.. all.Select(a => (a.Item1, a.Item2, FastTransfer.Read(Stream(a.Item3))))];
        }
    }

    private static async Task<List<SourceItem>> ListAsync(IItemSource source)
    {
        List<SourceItem> all = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                all.Add(item);
            }
        }

        return all;
    }

    private static byte[] Stream(MapiItem item)
    {
        using MemoryStream stream = new();
        FastTransfer.Write(item, stream);
        return stream.ToArray();
    }

    private async Task<string> FolderAsync(string wellKnown)
    {
        JsonElement all = await SendAsync("GET", "/folders?$top=100");
        return all.GetProperty("value").EnumerateArray().Single(f => f.GetProperty("wellKnownName").GetString() == wellKnown).GetProperty("id").GetString()!;
    }

    private async Task<string> MakeFolderAsync(string name, string @class, string? parent = null) =>
        (await SendAsync("POST", "/folders" + (parent is null ? "" : "/" + parent + "/childFolders"), JsonSerializer.Serialize(new Dictionary<string, string> { ["displayName"] = name, ["type"] = @class }))).GetProperty("id").GetString()!;

    private async Task<string> PutAsync(MapiItem item, string folder)
    {
        string session = (await SendAsync("POST", "/createImportSession", "{}")).GetProperty("importUrl").GetString()!;
        string body = JsonSerializer.Serialize(new { FolderId = folder, Mode = "create", Data = Convert.ToBase64String(Stream(item)) });
        return (await SendAsync("POST", session, body)).GetProperty("itemId").GetString()!;
    }

    private async Task<JsonElement> SendAsync(string method, string path, string? json = null)
    {
        using HttpClient client = new(Archive.CreateHandler());
        string address = path[0] == '/' ? Root + Archive.MailboxId + path : path;
        using HttpRequestMessage request = new(new HttpMethod(method), address) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
