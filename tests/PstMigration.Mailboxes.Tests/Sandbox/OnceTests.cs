using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Promise 1 with four creates in flight: whatever happens to one request in ten, each item is there once.</summary>
public sealed class OnceTests
{
    [Fact]
    public async Task A_thousand_items_and_a_tenth_of_the_requests_going_wrong()
    {
        using SandboxFixture sandbox = new(
            options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(20), Latency = TimeSpan.FromMilliseconds(100), Limits = new SandboxLimits() });
        foreach (SandboxFault fault in new[]
        {
            new SandboxFault { Method = "POST", Path = "/messages", Share = 0.02, StatusCode = 504, Code = "GatewayTimeout", Point = SandboxFaultPoint.AfterCommit },
            new SandboxFault { Method = "POST", Path = "/messages", Share = 0.02, StatusCode = null, Point = SandboxFaultPoint.AfterCommit },
            new SandboxFault { Method = "POST", Path = "/messages", Share = 0.02, StatusCode = null, Point = SandboxFaultPoint.BeforeCommit },
            new SandboxFault { Method = "POST", Path = "/messages", Share = 0.02, TruncatesBody = true },
            new SandboxFault { Share = 0.01, StatusCode = 503, RetryAfter = TimeSpan.FromSeconds(5) },
            new SandboxFault { Share = 0.01, StatusCode = 429, Code = "ApplicationThrottled", RetryAfter = TimeSpan.FromSeconds(3) },
        })
        {
            sandbox.Mailbox.Faults.Add(fault);
        }

        MemorySource source = Runs.Inbox(1000);
        TransferSummary first = await sandbox.ImportAsync(source);
        sandbox.Mailbox.Faults.Clear();
        TransferSummary second = await sandbox.ImportAsync(source);

        Assert.Equal(1000, first.Count(ItemFate.Copied) + first.Count(ItemFate.AlreadyThere) + first.Count(ItemFate.Unsure));
        Assert.Equal(0, second.Count(ItemFate.Failed) + second.Count(ItemFate.Unsure));
        string[] subjects = [.. (await ListAsync(sandbox)).OrderBy(s => s, StringComparer.Ordinal)];
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => "mail " + i).OrderBy(s => s, StringComparer.Ordinal), subjects);
        Assert.InRange(sandbox.Mailbox.Statistics.MostAtOnce, 2, 4);
    }

    [Fact]
    public async Task The_published_limits_are_never_exceeded()
    {
        using SandboxFixture sandbox = new(
            options: new SandboxOptions { VisibilityDelay = TimeSpan.Zero, Latency = TimeSpan.FromMilliseconds(50), Limits = new SandboxLimits { Requests = 300, UploadBytes = 2_000_000 } },
            limits: new MailboxLimits { Requests = 285, UploadBytes = 1_900_000 });

        TransferSummary summary = await sandbox.ImportAsync(Runs.Inbox(700));

        Assert.Equal(700, summary.Count(ItemFate.Copied));
        SandboxStatistics asked = sandbox.Mailbox.Statistics;
        Assert.Equal(0, asked.Refused);
        Assert.Equal(4, asked.MostAtOnce);
    }

    private static async Task<List<string>> ListAsync(SandboxFixture sandbox)
    {
        IItemSource source = await sandbox.SourceAsync();
        return await sandbox.Time.RunAsync(Read());

        async Task<List<string>> Read()
        {
            List<string> subjects = [];
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
                {
                    subjects.Add(item.Summary.Subject!);
                }
            }

            return subjects;
        }
    }
}
