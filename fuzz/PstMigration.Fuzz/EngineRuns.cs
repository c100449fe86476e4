using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Formats;
using PstMigration.Formats.Tests.ForeignMail;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;

namespace PstMigration.Fuzz;

/// <summary>Runs of the engine over hostile items and over spoilt files of mail.</summary>
internal static class EngineRuns
{
    private const int Batch = 500;
    private const int Unthrottled = 100_000;
    private const string Mailbox = "Mailbox";
    private const string Seeds = "tests/Corpus/mail";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly ItemFormat[] s_formats = [.. MailFormats.All.Where(f => f.CanWrite), PstItemFormat.Instance];

    /// <summary>Hostile items, all of them into every format and a sandbox mailbox.</summary>
    public static async Task<int> ItemsAsync(int seed, int count, IReadOnlyList<string> targets)
    {
        int failures = 0;
        foreach (string id in targets.Count > 0 ? targets : [.. s_formats.Select(f => f.Id), Mailbox])
        {
            Tally tally = new();
            for (int done = 0; done < count; done += Batch)
            {
                await tally.RunAsync(folder => (new HostileItems(seed + done, Math.Min(Batch, count - done)), OpenTarget(id, folder, tally.Owned)), done).ConfigureAwait(false);
            }

            failures += tally.Report("items " + id, seed);
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>Spoilt files of mail, each into one of the formats by turns.</summary>
    public static async Task<int> FilesAsync(int seed, int count, IReadOnlyList<string> files)
    {
        MailFileMutator mutator = Mutator(files);
        Tally tally = new();
        ItemFormats formats = new(MailFormats.All);
        for (int i = 0; i < count; i++)
        {
            int number = seed + i;
            await tally.RunAsync(
                folder =>
                {
                    string path = mutator.Write(number, Directory.CreateDirectory(Path.Combine(folder, "in")).FullName);
                    return formats.Detect(path) is ItemFormat format
                        ? (format.OpenSource(path, new ItemSourceOptions()), OpenTarget(s_formats[number % s_formats.Length].Id, folder, tally.Owned))
                        : null;
                },
                number).ConfigureAwait(false);
        }

        return tally.Report("mail-files", seed) == 0 ? 0 : 1;
    }

    /// <summary>Writes one of the cases of spoilt files into a folder.</summary>
    public static int Write(int number, string folder, IReadOnlyList<string> files)
    {
        Console.WriteLine(Mutator(files).Write(number, Directory.CreateDirectory(folder).FullName));
        return 0;
    }

    private static MailFileMutator Mutator(IReadOnlyList<string> files)
    {
        IEnumerable<string> all = files.Count > 0 ? files : [.. Directory.EnumerateFiles(Seeds).Order(StringComparer.Ordinal)];
        List<byte[]> Of(Func<string, bool> isWanted) => [.. all.Where(f => isWanted(f)).Select(File.ReadAllBytes)];
        static bool IsBox(string f) => f.Contains(".mbox", StringComparison.Ordinal);
        static bool IsTnef(string f) => Path.GetExtension(f) is ".tnef" or ".dat";
        return new MailFileMutator(Of(f => !IsBox(f) && !IsTnef(f)), Of(IsBox), Of(IsTnef));
    }

    private static IItemTarget OpenTarget(string id, string folder, Stack<IDisposable> owned)
    {
        if (id != Mailbox)
        {
            ItemFormat format = s_formats.Single(f => f.Id == id);
            return format.OpenTarget(Path.Combine(folder, "target" + (format.IsOneFile ? format.Extensions[0] : "")), new ItemTargetOptions());
        }

        SandboxMailbox sandbox = SandboxMailbox.Open(Path.Combine(folder, "a.mailbox"), new SandboxOptions { Limits = SandboxLimits.Scaled(Unthrottled) });
        owned.Push(sandbox);
        MailboxLimits published = new();
        GraphMailboxConnection connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = sandbox.Address,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            ClientId = folder,
            Handler = sandbox.CreateHandler(),
            Limits = published with { Requests = published.Requests * Unthrottled, UploadBytes = published.UploadBytes * Unthrottled },
        });
        owned.Push(connection);
        return connection.OpenTargetAsync(null, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>What many runs came to.</summary>
    private sealed class Tally
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private int _runs;
        private int _items;
        private int _refused;
        private int _failures;
        private TimeSpan _longest;

        /// <summary>What is let go of behind a run.</summary>
        public Stack<IDisposable> Owned { get; } = new();

        public async Task RunAsync(Func<string, (IItemSource Source, IItemTarget Target)?> open, int number)
        {
            string folder = Directory.CreateTempSubdirectory("engine-runs").FullName;
            EngineTrial trial = new();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            _runs++;
            try
            {
                if (open(folder) is (IItemSource source, IItemTarget target))
                {
                    await using (target.ConfigureAwait(false))
                    await using (source.ConfigureAwait(false))
                    {
                        await trial.RunAsync(source, target, CancellationToken.None).ConfigureAwait(false);
                    }
                }
            }
            catch (MailDataException)
            {
                _refused++;
            }
            catch (Exception e)
            {
                Tell(number, e.ToString());
            }
            finally
            {
                while (Owned.Count > 0)
                {
                    Owned.Pop().Dispose();
                }

                Directory.Delete(folder, recursive: true);
            }

            // A clock counts what other programs do too; the processor's time is that of the whole run.
            TimeSpan worked = Environment.CpuUsage.TotalTime - before;
            TimeSpan longest = trial.Longest < worked ? trial.Longest : worked;
            _longest = longest > _longest ? longest : _longest;
            _items += trial.Items;
            _refused += trial.Refused;
            foreach (string wrong in trial.Wrong)
            {
                Tell(number, wrong);
            }

            if (longest > s_limit)
            {
                Tell(number, "slow");
            }
        }

        public int Report(string what, int seed)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} seed={seed} runs={_runs} items={_items} refused={_refused} failures={_failures} slowest={_longest.TotalSeconds:F1} seconds={_watch.Elapsed.TotalSeconds:F0}"));
            return _failures;
        }

        private void Tell(int number, string wrong)
        {
            _failures++;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE {number}: {wrong}"));
        }
    }
}
