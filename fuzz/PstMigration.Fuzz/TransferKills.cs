using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using PstMigration.Formats;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using PstMigration.Transfer;

namespace PstMigration.Fuzz;

/// <summary>
/// Kills a process that imports a data file into a sandbox mailbox over sockets, where five requests in a hundred go wrong, at random instants, now and then with the
/// journal deleted in between. When it comes to its end at last, the mailbox has to have every item once, as it is in the file, and the journal has to say so.
/// </summary>
internal static class TransferKills
{
    private const int Items = 120;
    private const int LongestRun = 2000;
    private const int FaultsInHundred = 5;
    private const int Speed = 200;

    /// <summary>Kills so many times; 0 where nothing was wrong.</summary>
    public static async Task<int> KillAsync(int seed, int times)
    {
        Random random = new(seed);
        int kills = 0, runs = 0, transfers = 0, failures = 0, deleted = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (kills < times)
        {
            string folder = Directory.CreateTempSubdirectory("transfer-kills").FullName;
            await MakeSourceAsync(folder).ConfigureAwait(false);
            transfers++;
            using (SandboxProcess sandbox = SandboxProcess.Start(Mailbox(folder), Speed, FaultsInHundred, random.Next()))
            {
                for (bool isDone = false; !isDone && runs < times * 20;)
                {
                    runs++;
                    isDone = RunOrKill(folder, sandbox.Address, kills < times ? random.Next(LongestRun) : null, out bool wasKilled);
                    kills += wasKilled ? 1 : 0;
                    if (wasKilled && random.Next(4) == 0 && Directory.Exists(Path.Combine(folder, "journals")))
                    {
                        Directory.Delete(Path.Combine(folder, "journals"), recursive: true);
                        deleted++;
                    }
                }
            }

            string? wrong = await CheckAsync(folder).ConfigureAwait(false);
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine($"FAILURE {folder}: {wrong}");
                continue;
            }

            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"transfer-kill seed={seed} kills={kills} runs={runs} transfers={transfers} items={transfers * Items} journals_deleted={deleted} faults={FaultsInHundred}% seconds={watch.Elapsed.TotalSeconds:F0} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Imports, in the process that is killed. Tells its end.</summary>
    public static async Task<int> RunAsync(string folder, Uri address)
    {
        using GraphMailboxConnection mailbox = Connect(folder, new Uri(address, "/v1.0"), handler: null);
        IItemSource source = Source(folder);
        await using (source.ConfigureAwait(false))
        {
            TransferRun run = await TransferRun.PlanAsync(
                source, new TransferOptions { Journals = Journals(folder), SkipDuplicates = true, Threads = 4 }, new Silent(), CancellationToken.None).ConfigureAwait(false);
            IItemTarget target = await mailbox.OpenTargetAsync(null, CancellationToken.None).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                Console.WriteLine("begun");
                TransferSummary summary = (await run.RunAsync(target, CancellationToken.None).ConfigureAwait(false)).Summary;
                return summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure) > 0 ? 2 : 0;
            }
        }
    }

    /// <summary>Runs it, to its end or until it is killed.</summary>
    /// <returns>Whether it came to its end with nothing failed.</returns>
    private static bool RunOrKill(string folder, Uri address, int? delay, out bool wasKilled)
    {
        using Process run = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["transfer-run", folder, address.AbsoluteUri]) { RedirectStandardOutput = true })!;

        // Kills are to meet the import, not the start of the process, however long that takes.
        run.StandardOutput.ReadLine();
        wasKilled = delay is int limit && !run.WaitForExit(limit);
        if (wasKilled)
        {
            run.Kill();
        }

        run.WaitForExit();

        // A run a fault ended, such as a listing that failed for good, is run again.
        return !wasKilled && run.ExitCode == 0;
    }

    private static async Task<string?> CheckAsync(string folder)
    {
        using SandboxMailbox sandbox = SandboxProcess.Open(Mailbox(folder), Speed);
        using GraphMailboxConnection mailbox = Connect(folder, MailboxConnectionOptions.SandboxAddress, sandbox.CreateHandler());
        IItemSource source = Source(folder);
        IItemSource there = await mailbox.OpenSourceAsync(null, CancellationToken.None).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        await using (there.ConfigureAwait(false))
        {
            StringBuilder wrong = new();
            StoreComparison found = await StoreComparer.CompareAsync(
                source,
                there,
                new Transfer.CompareOptions
                {
                    OnItem = i => wrong.Append(i.Outcome == CompareOutcome.Same ? "" : $"{i.Outcome} {i.Folder} {i.Subject} {i.Differences}; "),
                },
                CancellationToken.None).ConfigureAwait(false);
            if (found.Count(CompareOutcome.Same) != Items || wrong.Length > 0)
            {
                return $"{found.Count(CompareOutcome.Same)} of {Items} are the same. {wrong}";
            }

            TransferOverview overview = ReadJournal(folder);
            return overview.LastRun?.State != JournalRunState.Completed || overview.Counts.Items != Items
                || overview.Counts.Of(ItemFate.Copied) + overview.Counts.Of(ItemFate.AlreadyThere) != Items
                ? $"The journal says {overview.LastRun?.State} with {overview.Counts.Items} items."
                : null;
        }
    }

    private static TransferOverview ReadJournal(string folder)
    {
        string path = Journals(folder).List().Single();
        using SqliteJournalReader journal = SqliteJournalReader.Open(path);
        return TransferOverview.Read(TransferJournals.IdOf(path), journal);
    }

    private static TransferJournals Journals(string folder) => new(Path.Combine(folder, "journals"));

    private static IItemSource Source(string folder) => PstItemFormat.Instance.OpenSource(Path.Combine(folder, "a.pst"), new ItemSourceOptions());

    private static string Mailbox(string folder) => Path.Combine(folder, "m.mailbox");

    private static GraphMailboxConnection Connect(string folder, Uri address, HttpMessageHandler? handler)
    {
        MailboxLimits published = new();
        return GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = "rehearsal@sandbox.invalid",
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            ClientId = folder,
            BaseAddress = address,
            Handler = handler,
            Clock = new FastClock(Speed),
            Limits = published with { Requests = published.Requests * 10_000, UploadBytes = published.UploadBytes * 10_000 },
        });
    }

    /// <summary>A data file with nested folders, equal mails in one folder, and attachments that are sent after the create.</summary>
    private static async Task MakeSourceAsync(string folder)
    {
        foreach (string name in new[] { "Inbox", "Projects", "Projects.sbd/A" })
        {
            string path = Path.Combine(folder, "mbox", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            StringBuilder mbox = new();
            for (int i = 0; i < Items / 3; i++)
            {
                // Every tenth is the one before it once more.
                int id = i % 10 == 9 ? i - 1 : i;
                string attachment = id % 7 == 3 ? Convert.ToBase64String(new byte[id % 2 == 0 ? 3_500_000 : 200_000], Base64FormattingOptions.InsertLineBreaks) : "";
                mbox.Append(CultureInfo.InvariantCulture, $"From a@example.com Thu Jan  1 00:00:00 2026\nMessage-ID: <{name}-{id}@example.com>\nFrom: A <a@example.com>\nTo: b@example.com\n")
                    .Append(CultureInfo.InvariantCulture, $"Date: Thu, 1 Jan 2026 00:00:{id:D2} +0000\nSubject: {name} {id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n")
                    .Append(CultureInfo.InvariantCulture, $"--b\nContent-Type: text/plain\n\nText of mail {id}.\n");
                if (attachment.Length > 0)
                {
                    mbox.Append(CultureInfo.InvariantCulture, $"--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=a{id}.bin\nContent-Transfer-Encoding: base64\n\n")
                        .Append(attachment).Append('\n');
                }

                mbox.Append("--b--\n\n");
            }

            await File.WriteAllTextAsync(path, mbox.ToString()).ConfigureAwait(false);
        }

        IItemSource source = new ItemFormats(MailFormats.All).Find("Mbox")!.OpenSource(Path.Combine(folder, "mbox"), new ItemSourceOptions());
        IItemTarget target = PstItemFormat.Instance.OpenTarget(Path.Combine(folder, "a.pst"), new ItemTargetOptions());
        await using (source.ConfigureAwait(false))
        await using (target.ConfigureAwait(false))
        {
            TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions(), new Silent(), CancellationToken.None).ConfigureAwait(false);
            TransferSummary summary = (await run.RunAsync(target, CancellationToken.None).ConfigureAwait(false)).Summary;
            if (summary.Count(ItemFate.Copied) != Items)
            {
                throw new InvalidOperationException($"The source has {summary.Count(ItemFate.Copied)} items.");
            }
        }
    }

    private sealed class Silent : ITransferObserver
    {
        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => Console.WriteLine(exception.Message);

        public void OnItem(ItemResult result)
        {
        }

        public void OnVerifying(long read, long total)
        {
        }
    }
}
