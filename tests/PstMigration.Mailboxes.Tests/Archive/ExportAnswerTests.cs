using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Formats;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Archive;

/// <summary>The answer to an export, as it comes over a network: in any pieces, written by any writer of JSON.</summary>
public sealed class ExportAnswerTests
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 100_003).Select(i => (byte)(i * 31))];

    [Theory]
    [InlineData("", 1)]
    [InlineData("", 4096)]
    [InlineData("\\/", 7)]
    [InlineData("\\u002B", 5)]
    public async Task The_bytes_come_whole_in_whatever_pieces(string escape, int piece)
    {
        string data = Convert.ToBase64String(s_bytes);
        data = escape.Length == 0 ? data : data.Replace(escape == "\\/" ? "/" : "+", escape);
        string json = "{\"@odata.context\":\"x\", \"value\" : [ {\"itemId\":\"a\",\"changeKey\":\"data\", \"data\" :  \"" + data + "\"} ]}";
        using ExportAnswer answer = await ExportAnswer.OpenAsync(new Pieces(json, piece), CancellationToken.None);
        using MemoryStream read = new();
        await answer.CopyToAsync(read, 81920, CancellationToken.None);
        Assert.Equal(s_bytes, read.ToArray());
    }

    [Theory]
    [InlineData("""{"value":[{"itemId":"a","error":{"code":"ErrorItemNotFound","message":"gone"}}]}""", "ErrorItemNotFound")]
    [InlineData("""{"value":[{"itemId":"a","Error":{"message":"https://x","code":"ErrorArchiveFolderMovedPermanently"}}]}""", "ErrorArchiveFolderMovedPermanently")]
    [InlineData("""{"value":[]}""", "")]
    [InlineData("""{"value":[{"itemId":"a","data":null}]}""", "")]
    [InlineData("""{}""", "")]
    public async Task An_item_that_was_not_exported_says_why(string json, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ArchiveExportException>(() => ExportAnswer.OpenAsync(new Pieces(json, 3), CancellationToken.None))).Code);

    [Fact]
    public async Task What_breaks_off_is_never_an_item()
    {
        string json = "{\"value\":[{\"itemId\":\"a\",\"data\":\"" + Convert.ToBase64String(s_bytes);
        using ExportAnswer answer = await ExportAnswer.OpenAsync(new Pieces(json, 4096), CancellationToken.None);
        await Assert.ThrowsAsync<EndOfStreamException>(() => answer.CopyToAsync(System.IO.Stream.Null, 81920, CancellationToken.None));
    }

    [Theory]
    [InlineData("AA!A")]
    [InlineData("AAA")]
    [InlineData("AA\\u12")]
    [InlineData("AA\\nA")]
    public async Task Data_that_are_none_are_never_an_item(string data)
    {
        using ExportAnswer answer = await ExportAnswer.OpenAsync(new Pieces("{\"value\":[{\"data\":\"" + data + "\"}]}", 3), CancellationToken.None);
        await Assert.ThrowsAsync<BadAnswerException>(() => answer.CopyToAsync(System.IO.Stream.Null, 81920, CancellationToken.None));
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/beta/admin/exchange/mailboxes/MBX:other@t/exportItems", true)]
    [InlineData("https://graph.microsoft.com/beta/admin/Exchange/Mailboxes/MBX:other@t/exportItems", true)]
    [InlineData("https://evil.example/beta/admin/exchange/mailboxes/MBX:other@t/exportItems", false)]
    [InlineData("https://graph.microsoft.com/beta/me/messages", false)]
    public async Task An_item_in_another_part_of_the_archive_is_asked_for_there_and_nowhere_else(string address, bool follows)
    {
        MapiItem item = Items.Mail("elsewhere");
        using MemoryStream stream = new();
        FastTransfer.Write(item, stream);
        ScriptedHandler service = Service(asked => asked.Path.Contains("MBX%3Aa%40t", StringComparison.Ordinal)
            ? Json($$$"""{"value":[{"itemId":"i","error":{"code":"ErrorArchiveFolderMovedPermanently","message":"{{{address}}}"}}]}""")
            : Json($$"""{"value":[{"itemId":"i","data":"{{Convert.ToBase64String(stream.ToArray())}}"}]}"""));
        using GraphMailboxConnection connection = Open(service, TimeProvider.System);
        if (follows)
        {
            Assert.Equal("elsewhere", (await OpenItemAsync(connection)).Subject);
            Assert.Contains("MBX:other@t", Uri.UnescapeDataString(service.Asked[service.Asked.Count - 1].Path), StringComparison.Ordinal);
        }
        else
        {
            await Assert.ThrowsAsync<ArchiveExportException>(() => OpenItemAsync(connection));
            Assert.All(service.Asked, a => Assert.Equal("graph.microsoft.com", a.Address.Host));
        }
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"value":[{"data" "AAAA"}]}""")]
    [InlineData("""{"value":[{"error":{"code":"ErrorItemNotFound","mess""")]
    public async Task The_connection_of_an_answer_that_is_none_is_let_go(string answer)
    {
        Pieces body = new(answer, 3);
        await Assert.ThrowsAsync<BadAnswerException>(() => ExportAnswer.OpenAsync(body, CancellationToken.None));
        Assert.False(body.CanRead);
    }

    [Fact]
    public async Task Data_that_are_none_are_an_error_of_the_mailbox()
    {
        using GraphMailboxConnection connection = Open(Service(_ => Json("""{"value":[{"itemId":"i","data":"AA!A"}]}""")), TimeProvider.System);
        await Assert.ThrowsAsync<BadAnswerException>(() => OpenItemAsync(connection));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, """{"value":[{"itemId":"i","err""")]
    [InlineData(200, """{"value":[{"itemId":"i","data":"AAAA""")]
    [InlineData(404, """{"error":{"code":"ErrorItem""")]
    public async Task An_answer_that_stops_coming_is_given_up(int status, string begin)
    {
        List<StalledBody> bodies = [];
        ScriptedHandler service = Service(_ =>
        {
            bodies.Add(new StalledBody(begin));
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(bodies[bodies.Count - 1]) };
        });
        FakeTimeProvider clock = Clock.Create();
        using GraphMailboxConnection connection = Open(service, clock);
        Task<MapiItem> opened = OpenItemAsync(connection);
        for (int i = 0; i < 2000 && !opened.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.True(opened.IsCompleted, "It waits for ever: five hours so far.");
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => opened);
        Assert.True(e is IOException or MailboxException, e.ToString());
        Assert.All(bodies, b => Assert.False(b.CanRead));
        Assert.InRange(bodies.Count, 4, 6);
    }

    private static GraphMailboxConnection Open(ScriptedHandler service, TimeProvider clock) =>
        GraphMailboxConnection.Open(new MailboxConnectionOptions { Address = Connections.NewAddress(), IsSignedInUser = true, Handler = service, Clock = clock });

    /// <summary>An archive of one item.</summary>
    private static ScriptedHandler Service(Func<Asked, HttpResponseMessage> export) => new(asked => asked.Path switch
    {
        "/beta/me/settings/exchange" => Json("""{"primaryMailboxId":"MBX:p@t","inPlaceArchiveMailboxId":"MBX:a@t"}"""),
        "/beta/admin/exchange/mailboxes/MBX%3Aa%40t/folders" => Json("""{"value":[{"id":"f","displayName":"Old","type":"IPF.Note"}]}"""),
        "/beta/admin/exchange/mailboxes/MBX%3Aa%40t/folders/f/items" => Json("""{"value":[{"id":"i","changeKey":"k","type":"IPM.Note","size":5}]}"""),
        _ when asked.Path.EndsWith("/exportItems", StringComparison.Ordinal) => export(asked),
        _ => Json("""{"value":[]}"""),
    });

    private static async Task<MapiItem> OpenItemAsync(GraphMailboxConnection connection)
    {
        IItemSource source = await connection.OpenArchiveAsync(null, CancellationToken.None);
        await using (source.ConfigureAwait(false))
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
                {
                    return await item.OpenAsync(CancellationToken.None);
                }
            }
        }

        throw new InvalidOperationException("No item was listed.");
    }

    private static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    /// <summary>Gives few bytes at a time.</summary>
    private sealed class Pieces(string text, int size) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, Math.Min(size, count)));
    }
}
