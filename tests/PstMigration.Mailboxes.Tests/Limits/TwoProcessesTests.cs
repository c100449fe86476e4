#if NET
using System.Diagnostics;
using PstMigration.Mailboxes.Tests.Sandbox;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

/// <summary>Two real processes that import into one mailbox, over sockets to a third: the limits are counted where the requests arrive.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private const int Mails = 100;
    private const int MostRequests = 120;
    private const string Prefix = "PSTMIGRATION_TEST_";
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-two").FullName;

    /// <summary>That they exceed the limits where each keeps them alone shows that the others are kept by sharing.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_processes_keep_the_limits_of_a_mailbox_where_they_share_them(bool share)
    {
        using HostProcess host = await HostProcess.StartAsync(
            _folder, "latency=30", FormattableString.Invariant($"requests={MostRequests}"), FormattableString.Invariant($"window={s_window.TotalMilliseconds}"));
        Process[] processes = [.. new[] { "a", "b" }.Select(name => Start(name, host.Graph, share ? "limits" : "limits-" + name))];
        try
        {
            // Neither begins before both are there.
            while (!File.Exists(Path.Combine(_folder, "a.ready")) || !File.Exists(Path.Combine(_folder, "b.ready")))
            {
                Assert.All(processes, p => Assert.False(p.HasExited));
                await TimeProvider.System.Delay(TimeSpan.FromMilliseconds(50));
            }

            await File.WriteAllTextAsync(Path.Combine(_folder, "go"), "");
            foreach (Process process in processes)
            {
                Assert.True(process.WaitForExit((int)s_patience.TotalMilliseconds));
                Assert.Equal(0, process.ExitCode);
            }
        }
        finally
        {
            foreach (Process process in processes)
            {
                process.Kill();
                process.Dispose();
            }
        }

        SandboxStatistics asked = await host.StatisticsAsync();
        Assert.InRange(asked.Requests - asked.Refused, 2 * Mails, int.MaxValue);
        if (share)
        {
            Assert.Equal(0, asked.Refused);
            Assert.InRange(asked.MostAtOnce, 2, 4);
        }
        else
        {
            Assert.NotEqual(0, asked.Refused);
        }
    }

    /// <summary>What each of the processes does.</summary>
    [Fact(Explicit = true)]
    public async Task One_of_two_processes()
    {
        string folder = Given("FOLDER");
        string name = Given("NAME");
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = SandboxMailbox.DefaultAddress,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            BaseAddress = new Uri(Given("ADDRESS")),
            // Requests take their time from being counted here to being counted there, which in so short a window is much.
            Limits = new MailboxLimits { Requests = MostRequests * 3 / 4, RequestWindow = s_window },
            LimitsFolder = Path.Combine(folder, Given("LIMITS")),
        });
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".ready"), "");
        while (!File.Exists(Path.Combine(folder, "go")))
        {
            await TimeProvider.System.Delay(TimeSpan.FromMilliseconds(10));
        }

        IItemTarget target = await connection.OpenTargetAsync(null, CancellationToken.None);
        await using (target)
        {
            TransferSummary summary = await Runs.RunAsync(Runs.Inbox(Mails, name + " ", "memory:" + name), target, CancellationToken.None);
            Assert.Equal(Mails, summary.Count(ItemFate.Copied));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Given(string name) => Environment.GetEnvironmentVariable(Prefix + name) ?? throw new InvalidOperationException(name);

    private Process Start(string name, Uri address, string limits)
    {
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            ArgumentList = { typeof(TwoProcessesTests).Assembly.Location, "-explicit", "only", "-method", typeof(TwoProcessesTests).FullName + "." + nameof(One_of_two_processes) },
        };
        start.Environment[Prefix + "FOLDER"] = _folder;
        start.Environment[Prefix + "NAME"] = name;
        start.Environment[Prefix + "ADDRESS"] = address.AbsoluteUri;
        start.Environment[Prefix + "LIMITS"] = limits;
        return Process.Start(start)!;
    }
}
#endif
