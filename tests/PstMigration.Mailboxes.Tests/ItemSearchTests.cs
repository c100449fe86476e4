using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

public sealed class ItemSearchTests
{
    [Fact]
    public async Task What_was_sent_half_a_minute_ago_is_looked_for_once_more_without_a_wait()
    {
        ScriptedHandler service = new(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"value":[]}""", Encoding.UTF8, "application/json") });
        FakeTimeProvider clock = Clock.Create();
        MailboxConnectionOptions options = Connections.Options(service, clock);
        using GraphClient client = new(options, new SharedHandler(options), null, null);
        ItemSearch search = new(GraphFolderKind.Contacts, "folder", ItemMarker.Compute(new ItemKey("store", "1"), new ItemDigest(DigestLevel.Content, new string('a', 64))), messageId: null);

        Assert.Null(await clock.RunAsync(search.FindAsync(client, _ => false, CancellationToken.None)));
        Assert.Equal(4, service.Asked.Count);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await search.FindAsync(client, _ => false, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(5, service.Asked.Count);
    }
}
