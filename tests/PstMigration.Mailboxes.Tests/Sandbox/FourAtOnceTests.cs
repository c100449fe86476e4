#if NET
using System.Net.Http;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>
/// Small mails over a socket keep all four places busy. Told by counting, not by the clock: requests are held until as many are under way as may be, so that a run which sends
/// fewer at once comes to no end. How long it takes where answers take long is measured by <c>mailbox-import</c> of the benchmarks.
/// </summary>
public sealed class FourAtOnceTests : IDisposable
{
    private const int Places = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-four").FullName;

    [Fact]
    public async Task Five_hundred_mails_take_a_round_trip_for_four_and_a_request_each()
    {
        const int Mails = 500;
        Rounds rounds = new(Places);

        SandboxStatistics asked = await ImportAsync(Mails, rounds);

        Assert.Equal(Mails / Places, rounds.Count);
        Assert.Equal((0L, Places), (asked.Refused, asked.MostAtOnce));
        // Reaching the mailbox, its folders and what it has of copies comes first.
        Assert.InRange(asked.Requests, Mails, Mails + 30);
    }

    [Fact]
    public async Task A_slow_answer_keeps_its_own_place_and_no_other()
    {
        // As many as are on their way beside it, but for those not listed yet.
        Slow slow = new(others: 24);

        SandboxStatistics asked = await ImportAsync(100, slow);

        Assert.True(slow.WasPassed);
        Assert.Equal(0, asked.Refused);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<SandboxStatistics> ImportAsync(int mails, DelegatingHandler between)
    {
        using HostProcess host = await HostProcess.StartAsync(_folder);
        using SocketsHttpHandler network = new();
        between.InnerHandler = network;
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = Connections.NewAddress(),
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            BaseAddress = host.Graph,
            Handler = between,
        });
        using CancellationTokenSource limit = new(s_patience);
        IItemTarget target = await connection.OpenTargetAsync(null, limit.Token);
        await using (target)
        {
            TransferSummary summary = await Runs.RunAsync(Runs.Inbox(mails), target, limit.Token);
            Assert.Equal(mails, summary.Count(ItemFate.Copied));
        }

        return await host.StatisticsAsync();
    }

    private static bool IsCreate(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>Holds creates until as many have come as may be under way, and sends them together.</summary>
    private sealed class Rounds(int width) : DelegatingHandler
    {
        private readonly object _lock = new();
        private TaskCompletionSource<bool> _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsCreate(request))
            {
                await ComeAsync().WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }

        private Task<bool> ComeAsync()
        {
            lock (_lock)
            {
                TaskCompletionSource<bool> round = _round;
                if (++_here == width)
                {
                    _here = 0;
                    Count++;
                    _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    round.SetResult(true);
                }

                return round.Task;
            }
        }
    }

    /// <summary>Holds the first create until others have been answered.</summary>
    private sealed class Slow(int others) : DelegatingHandler
    {
        private readonly TaskCompletionSource<bool> _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _seen;
        private int _answered;

        public bool WasPassed => _passed.Task.IsCompleted;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsCreate(request))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (Interlocked.Increment(ref _seen) == 1)
            {
                await _passed.Task.WaitAsync(cancellationToken);
            }

            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (Interlocked.Increment(ref _answered) == others)
            {
                _passed.TrySetResult(true);
            }

            return answer;
        }
    }
}
#endif
