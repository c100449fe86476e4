using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

/// <summary>Who waits for the service is told until when and why.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task A_wait_is_told_once_with_its_end_and_when_it_is_over()
    {
        FakeTimeProvider clock = Clock.Create();
        List<MailboxWait> told = [];
        WaitTeller teller = new(told.Add, clock);
        MailboxBudget budget = new(new MailboxLimits { Requests = 2, RequestWindow = TimeSpan.FromMinutes(10) }, clock);
        for (int i = 0; i < 2; i++)
        {
            (await budget.AcquireAsync(0, teller, CancellationToken.None)).Dispose();
        }

        Task<IDisposable>[] waiting = [budget.AcquireAsync(0, teller, CancellationToken.None), budget.AcquireAsync(0, teller, CancellationToken.None)];
        MailboxWait wait = Assert.Single(told);
        Assert.InRange(wait.Until!.Value - clock.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
        Assert.Contains("10", wait.Reason, StringComparison.Ordinal);
        foreach (Task<IDisposable> one in waiting)
        {
            (await clock.RunAsync(one, TimeSpan.FromSeconds(10))).Dispose();
        }

        Assert.Null(told[^1].Until);
    }

    [Theory]
    [InlineData(429, "40")]
    [InlineData(503, null)]
    public async Task A_pause_is_told_whether_the_service_asks_for_it_or_has_failed(int status, string? pause)
    {
        FakeTimeProvider clock = Clock.Create();
        int asked = 0;
        ScriptedHandler service = new(_ =>
        {
            HttpResponseMessage answer = new() { StatusCode = asked++ == 0 ? (System.Net.HttpStatusCode)status : System.Net.HttpStatusCode.OK, Content = new StringContent("{\"id\":\"u\"}", System.Text.Encoding.UTF8, "application/json") };
            if (pause is not null)
            {
                answer.Headers.TryAddWithoutValidation("Retry-After", pause);
            }

            return answer;
        });
        MailboxConnectionOptions options = new()
        {
            Address = Connections.NewAddress(), Kind = MailboxKind.Sandbox, Handler = service, Clock = clock,
        };
        List<MailboxWait> told = [];
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(options);
        connection.Waiting += told.Add;

        await (await clock.RunAsync(connection.OpenSourceAsync(null, CancellationToken.None))).DisposeAsync();

        Assert.Equal(2, told.Count);
        Assert.NotNull(told[0].Until);
        Assert.Null(told[1].Until);
    }
}
