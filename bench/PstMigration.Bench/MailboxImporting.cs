using System.Diagnostics;
using System.Globalization;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using PstMigration.Transfer;

namespace PstMigration.Bench;

/// <summary>
/// Small mails into a mailbox over sockets, to a sandbox in a process of its own that takes its time to answer. Beside the time stands the best there could be: a request for each mail, four
/// at once, and with the published limits no more than those allow.
/// </summary>
internal static class MailboxImporting
{
    private const double Megabyte = 1e6;
    private const int ShortText = 200;

    /// <summary>Runs it, and prints one line.</summary>
    /// <param name="folder">An empty folder, for the mailbox and the journal.</param>
    /// <param name="count">How many mails.</param>
    /// <param name="latency">Milliseconds the sandbox takes to answer.</param>
    /// <param name="isLimited">Whether the published limits of requests and bytes hold; that of four at once always does.</param>
    public static async Task RunAsync(string folder, int count, int latency, bool isLimited)
    {
        Directory.CreateDirectory(folder);
        string[] unlimited = isLimited ? [] : ["requests=" + int.MaxValue, "bytes=" + int.MaxValue];
        using HostProcess host = await HostProcess.StartAsync(folder, ["latency=" + latency.ToString(CultureInfo.InvariantCulture), .. unlimited]).ConfigureAwait(false);
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = SandboxMailbox.DefaultAddress,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            BaseAddress = host.Graph,
            Limits = isLimited ? new MailboxLimits() : new MailboxLimits { Requests = int.MaxValue, UploadBytes = int.MaxValue },
            LimitsFolder = Path.Combine(folder, "limits"),
        });
        Watcher watcher = new(count);
        IItemTarget target = await connection.OpenTargetAsync(null, default).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            SandboxStatistics before = await host.StatisticsAsync().ConfigureAwait(false);
            Stopwatch watch = Stopwatch.StartNew();
            TransferOptions options = new() { Threads = 4, Journals = new TransferJournals(Path.Combine(folder, "journals")) };
            TransferRun run = await TransferRun.PlanAsync(new SeededSource(new SeededItems(count, 0, 0, SeededItems.UsualSeed, ShortText)), options, watcher, default).ConfigureAwait(false);
            TransferSummary summary = (await run.RunAsync(target, default).ConfigureAwait(false)).Summary;
            watch.Stop();
            SandboxStatistics after = await host.StatisticsAsync().ConfigureAwait(false);
            Print(count, latency, isLimited, watch.Elapsed, summary, before, after, watcher);
        }
    }

    private static void Print(
        int count, int latency, bool isLimited, TimeSpan took, TransferSummary summary, SandboxStatistics before, SandboxStatistics after, Watcher watcher)
    {
        MailboxLimits ours = new();
        SandboxLimits published = new();
        double optimum = Optimum(count, latency, isLimited ? published.Requests : int.MaxValue, published.RequestWindow);
        double within = Optimum(count, latency, isLimited ? ours.Requests : int.MaxValue, ours.RequestWindow);
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mailbox-import mails={count} copied={summary.Count(ItemFate.Copied)} latency_ms={latency} limits={(isLimited ? "published" : "off")} seconds={took.TotalSeconds:F1} "
            + $"optimum_s={optimum:F1} optimum_in_our_limits_s={within:F1} over_optimum={(took.TotalSeconds / within) - 1:P1} requests={after.Requests - before.Requests} refused={after.Refused} "
            + $"most_at_once={after.MostAtOnce} places_in_use={(after.UnderWay - before.UnderWay).TotalSeconds / took.TotalSeconds:F2} "
            + $"heap_mb_at_quarters={string.Join('/', watcher.Heap.Select(h => (h / Megabyte).ToString("F1", CultureInfo.InvariantCulture)))} peak_mb={process.PeakWorkingSet64 / Megabyte:F0} "
            + $"processor_s={process.TotalProcessorTime.TotalSeconds:F1}"));
    }

    /// <summary>Seconds that <paramref name="requests"/> take at least: four at once, and full windows waited out.</summary>
    private static double Optimum(int requests, int latency, int limit, TimeSpan window)
    {
        int windows = (requests - 1) / limit;
        return (windows * window.TotalSeconds) + ((requests - (windows * (double)limit)) * latency / 1000 / new MailboxLimits().ConcurrentRequests);
    }

    /// <summary>Looks at the heap after each quarter of the mails.</summary>
    private sealed class Watcher(int count) : ITransferObserver
    {
        private int _seen;

        public List<long> Heap { get; } = [];

        public void OnItem(ItemResult result)
        {
            if (++_seen % Math.Max(1, count / 4) == 0)
            {
                Heap.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => throw new InvalidOperationException(folder.Path.ToString(), exception);

        public void OnVerifying(long read, long total)
        {
        }
    }
}
