#if NET
using System.Diagnostics;
using System.Net.Http;
using System.Text;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;
using Process = System.Diagnostics.Process;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>The sandbox in a process of its own, reached over a real socket.</summary>
public sealed class SocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-socket").FullName;
    private Process? _host;

    [Fact]
    public async Task Items_go_over_a_socket_whose_connections_break()
    {
        Uri address = await StartAsync();
        using HttpClient control = new();
        using StringContent fault = new("""{"method":"POST","path":"/messages","share":0.05,"statusCode":null,"point":1}""", Encoding.UTF8, "application/json");
        using (await control.PostAsync(new Uri(address, "/_control/faults"), fault))
        {
        }

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
        Assert.Contains("\"refused\":0", await control.GetStringAsync(new Uri(address, "/_control/statistics")), StringComparison.Ordinal);
    }

    private static async Task<TransferSummary> ImportAsync(GraphMailboxConnection connection)
    {
        IItemTarget target = await connection.OpenTargetAsync(null, CancellationToken.None);
        await using (target)
        {
            return await Runs.RunAsync(Runs.Inbox(80), target, CancellationToken.None);
        }
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
        if (_host is { HasExited: false })
        {
            _host.Kill();
            _host.WaitForExit();
        }

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
        // tests/X/bin/Configuration/framework/ of this project, and of the host.
        DirectoryInfo own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string host = Path.Combine(own.Parent!.Parent!.Parent!.Parent!.FullName, "PstMigration.Sandbox.Host", "bin", own.Parent.Name, own.Name, "PstMigration.Sandbox.Host.dll");
        string ready = Path.Combine(_folder, "ready");
        _host = Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { host, Path.Combine(_folder, "m.mailbox"), ready }, UseShellExecute = false })!;
        for (int i = 0; !File.Exists(ready); i++)
        {
            Assert.True(i < 600 && !_host.HasExited, "The host did not start.");
            await TimeProvider.System.Delay(TimeSpan.FromMilliseconds(100));
        }

        return new Uri(await File.ReadAllTextAsync(ready));
    }
}
#endif
