#if NET
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>The sandbox in a process of its own, reached over a real socket.</summary>
public sealed class SocketTests : IDisposable
{
    private const string Pieces = "attachmentSessions";

    private static readonly byte[] s_large = Items.Bytes((2 * SizeLimits.Chunk) + 17);
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-socket").FullName;
    private HostProcess? _host;

    [Fact]
    public async Task Items_go_over_a_socket_whose_connections_break()
    {
        Uri address = await StartAsync();
        await _host!.AddFaultAsync(new SandboxFault { Method = "POST", Path = "/messages", Share = 0.05, StatusCode = null, Point = SandboxFaultPoint.AfterCommit });
        using GraphMailboxConnection connection = Connect(address);
        TransferSummary first = await ImportAsync(connection);
        long copied = first.Count(ItemFate.Copied);

        // A connection may break by itself before a request has arrived, too: then nobody knows, and the item is in the mailbox after the next run.
        Assert.All(first.Issues, i => Assert.Equal(ItemFate.Unsure, i.Fate));
        Assert.Equal(80, copied + first.Count(ItemFate.Unsure));
        Assert.Equal(copied, await CountAsync(address));

        TransferSummary second = await ImportAsync(connection);
        Assert.Equal(80, second.Count(ItemFate.AlreadyThere) + second.Count(ItemFate.Copied) + second.Count(ItemFate.Unsure));
        Assert.Equal(second.Count(ItemFate.AlreadyThere) + second.Count(ItemFate.Copied), await CountAsync(address));
        Assert.Equal(copied, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(0, (await _host.StatisticsAsync()).Refused);
    }

    /// <summary>Connections that break in the middle of a piece, errors before and after one has arrived, and a service that is away for a while.</summary>
    [Fact]
    public async Task An_upload_over_a_socket_is_resumed_whatever_breaks_it()
    {
        Uri address = await StartAsync();
        foreach (SandboxFault fault in new[]
        {
            new SandboxFault { Method = "PUT", Path = Pieces, CutsRequest = true },
            new SandboxFault { Method = "PUT", Path = Pieces, StatusCode = null, Point = SandboxFaultPoint.AfterCommit, Skip = 1 },
            new SandboxFault { Method = "PUT", Path = Pieces, StatusCode = 503, RetryAfter = TimeSpan.FromSeconds(1), Skip = 1 },
        })
        {
            await _host!.AddFaultAsync(fault);
        }

        TransferSummary summary = await ImportLargeAsync(address);

        Assert.Equal(1, summary.Count(ItemFate.Copied));
        await CheckLargeAsync(address);
    }

    [Fact]
    public async Task An_item_is_exported_and_imported_over_a_socket()
    {
        Uri address = await StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(_host!.Graph.AbsoluteUri + "/") };
        string mailbox = (await client.GetFromJsonAsync<JsonElement>("me/settings/exchange")).GetProperty("primaryMailboxId").GetString()!;
        string root = "admin/exchange/mailboxes/" + mailbox;
        string inbox = (await client.GetFromJsonAsync<JsonElement>(root + "/folders/inbox")).GetProperty("id").GetString()!;
        MapiItem item = Items.Mail("over a socket");
        item.Attachments.Add(Items.File("large.bin", s_large));
        using MemoryStream stream = new();
        FastTransfer.Write(item, stream);

        using HttpResponseMessage opened = await client.PostAsync(root + "/createImportSession", null);
        Uri session = new((await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("importUrl").GetString()!);
        Assert.Equal(address.Port, session.Port);
        using HttpResponseMessage imported = await client.PostAsJsonAsync(session, new { FolderId = inbox, Mode = "create", Data = Convert.ToBase64String(stream.ToArray()) }, JsonSerializerOptions.Default);
        string id = (await imported.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("itemId").GetString()!;
        using HttpResponseMessage exported = await client.PostAsJsonAsync(root + "/exportItems", new { ItemIds = new[] { id } }, JsonSerializerOptions.Default);
        JsonElement answer = (await exported.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value")[0];

        MapiItem back = FastTransfer.Read(answer.GetProperty("data").GetBytesFromBase64());
        Assert.Equal("over a socket", back.Subject);
        Assert.Equal(s_large, back.Attachments[0].Content!.ToArray());
    }

    [Fact]
    public async Task An_upload_is_resumed_when_the_service_was_killed_and_has_come_back()
    {
        Uri address = await StartAsync();
        await _host!.AddFaultAsync(new SandboxFault { Method = "PUT", Path = Pieces, StatusCode = 200, Delay = TimeSpan.FromMinutes(5), Skip = 1 });
        TaskCompletionSource<bool> firstArrived = new();
        Task<TransferSummary> import = ImportLargeAsync(address, l => _ = l.StartsWith("PUT ", StringComparison.Ordinal) && firstArrived.TrySetResult(true));
        await Task.WhenAny(import, firstArrived.Task);

        _host.Kill();
        await _host.RestartAsync();

        Assert.Equal(1, (await import).Count(ItemFate.Copied));
        await CheckLargeAsync(address);
        // The first piece was not sent again.
        Assert.InRange((await _host.StatisticsAsync()).UploadedBytes, s_large.Length - SizeLimits.Chunk, s_large.Length - 1);
    }

    private static async Task<TransferSummary> ImportAsync(GraphMailboxConnection connection, MemorySource? source = null, Action<string>? log = null)
    {
        IItemTarget target = await connection.OpenTargetAsync(log, CancellationToken.None);
        await using (target)
        {
            return await Runs.RunAsync(source ?? Runs.Inbox(80), target, CancellationToken.None);
        }
    }

    private static async Task<TransferSummary> ImportLargeAsync(Uri address, Action<string>? log = null)
    {
        MemorySource source = Runs.Inbox(1);
        source.Items.Single().Item.Attachments.Add(Items.File("large.bin", s_large));
        using GraphMailboxConnection connection = Connect(address);
        return await ImportAsync(connection, source, log);
    }

    private static async Task CheckLargeAsync(Uri address)
    {
        using GraphServiceClient client = new(new AnonymousAuthenticationProvider(), new Uri(address, "/v1.0").AbsoluteUri);
        Message message = Assert.Single((await client.Me.Messages.GetAsync())!.Value!);
        Attachment attachment = Assert.Single((await client.Me.Messages[message.Id].Attachments.GetAsync())!.Value!);
        Assert.Equal(s_large, Assert.IsType<FileAttachment>(attachment).ContentBytes);
    }

    [Theory]
    [InlineData("faults", "{")]
    [InlineData("faults", "null")]
    [InlineData("rubbish", "{}")]
    public async Task A_command_that_is_none_is_answered(string name, string body)
    {
        Uri address = await StartAsync();
        using HttpClient control = new() { Timeout = TimeSpan.FromSeconds(20) };
        using StringContent content = new(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await control.PostAsync(new Uri(address, "/_control/" + name), content);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>Microsoft's own client with its own handlers, pages and upload task: none of our code.</summary>
    [Fact]
    public async Task The_services_own_client_lists_uploads_and_downloads()
    {
        Uri address = await StartAsync();
        using GraphServiceClient client = new(new AnonymousAuthenticationProvider(), new Uri(address, "/v1.0").AbsoluteUri);
        for (int i = 0; i < 25; i++)
        {
            await client.Me.Messages.PostAsync(new Message { Subject = "mail " + i });
        }

        List<string> subjects = [];
        MessageCollectionResponse? first = await client.Me.Messages.GetAsync(c => c.QueryParameters.Top = 10);
        await PageIterator<Message, MessageCollectionResponse>.CreatePageIterator(client, first!, m =>
        {
            subjects.Add(m.Subject!);
            return true;
        }).IterateAsync();
        Assert.Equal(25, subjects.Distinct().Count());

        string id = first!.Value![0].Id!;
        byte[] bytes = Items.Bytes(5_000_000);
        UploadSession? session = await client.Me.Messages[id].Attachments.CreateUploadSession.PostAsync(
            new() { AttachmentItem = new AttachmentItem { AttachmentType = AttachmentType.File, Name = "big.bin", Size = bytes.Length } });
        using MemoryStream content = new(bytes);
        UploadResult<FileAttachment> result = await new LargeFileUploadTask<FileAttachment>(session!, content, 10 * 320 * 1024, client.RequestAdapter).UploadAsync();
        Assert.True(result.UploadSucceeded);

        Attachment attachment = Assert.Single((await client.Me.Messages[id].Attachments.GetAsync())!.Value!);
        Assert.Equal(bytes, Assert.IsType<FileAttachment>(attachment).ContentBytes);
        Event? made = await client.Me.Events.PostAsync(new Event
        {
            Subject = "Lunch",
            Start = new DateTimeTimeZone { DateTime = "2026-03-02T12:00:00", TimeZone = "UTC" },
            End = new DateTimeTimeZone { DateTime = "2026-03-02T13:00:00", TimeZone = "UTC" },
        });
        Assert.Equal(EventType.SingleInstance, made!.Type);
    }

    public void Dispose()
    {
        _host?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<int> CountAsync(Uri address)
    {
        using GraphMailboxConnection connection = Connect(address);
        MailboxInfo info = await connection.GetInfoAsync(null, CancellationToken.None);
        return (int)info.ItemCount;
    }

    private static GraphMailboxConnection Connect(Uri address) => GraphMailboxConnection.Open(new MailboxConnectionOptions
    {
        Address = "rehearsal@sandbox.invalid",
        IsSignedInUser = true,
        Kind = MailboxKind.Sandbox,
        BaseAddress = new Uri(address, "/v1.0"),
    });

    private async Task<Uri> StartAsync()
    {
        _host = await HostProcess.StartAsync(_folder);
        return _host.Address;
    }
}
#endif
