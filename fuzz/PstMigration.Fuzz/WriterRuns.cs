using System.Diagnostics;
using System.Globalization;
using PstMigration.Pst;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Ndb.Editing;

namespace PstMigration.Fuzz;

/// <summary>
/// Takes a writer its file away in the middle: by killing its process, or by a simulated loss of power. Afterwards the file must open, hold
/// exactly what was committed, and be sound when the next writer has opened it.
/// </summary>
internal static class WriterRuns
{
    private const int MaxDelay = 150;
    private const int TransactionsPerOpening = 40;
    private static readonly PstCheckOptions s_strict = new() { OwnWriter = true };

    /// <summary>Kills a writer COUNT times at random instants.</summary>
    public static int Kill(int seed, int count)
    {
        string folder = Directory.CreateTempSubdirectory("pst-kill-").FullName;
        try
        {
            string path = Path.Combine(folder, "x.pst");
            NewFile(path);
            Random random = new(seed);
            EditScript script = new(seed);
            int failures = 0;
            int repaired = 0;
            int last = 0;
            Stopwatch watch = Stopwatch.StartNew();
            for (int i = 0; i < count; i++)
            {
                int acknowledged = Math.Max(last, RunAndKill(path, seed, random));
                string? wrong = CheckFile(path, script, acknowledged, out last, out bool wasInvalid);
                repaired += wasInvalid ? 1 : 0;
                if (wrong is not null)
                {
                    failures++;
                    string kept = Path.Combine(Path.GetTempPath(), $"pst-kill-{seed}-{i}.pst");
                    File.Copy(path, kept, overwrite: true);
                    Console.WriteLine($"FAILURE kill {i}: {wrong}; kept as {kept}");
                    File.Delete(path);
                    NewFile(path);
                    last = 0;
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"kill seed={seed} kills={count} transactions={last} maps_rebuilt={repaired} bytes={new FileInfo(path).Length} failures={failures} seconds={watch.Elapsed.TotalSeconds:F0}"));
            return failures == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The writer that is killed: commits one transaction after the other and says the number of each when it is done.</summary>
    public static int Write(string path, int seed)
    {
        EditScript script = new(seed);
        while (true)
        {
            using NdbEditor editor = NdbEditor.Open(path);
            int number = EditScript.ReadNumber(editor);
            for (int i = 0; i < TransactionsPerOpening; i++)
            {
                script.Apply(editor, ++number);
                editor.Commit();
                Console.WriteLine(number);
                Console.Out.Flush();
            }
        }
    }

    /// <summary>Loses power at every flush of COUNT transactions, each in eight ways.</summary>
    public static int Crash(int seed, int count)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        NewFile(path);
        SimulatedDisk disk = new(File.ReadAllBytes(path));
        File.Delete(path);
        Random random = new(seed);
        EditScript script = new(seed);
        int committed = 0, crashes = 0, failures = 0, flushes = 0;
        Stopwatch watch = Stopwatch.StartNew();
        disk.BeforeFlush = () =>
        {
            flushes++;
            for (int i = 0; i < 8; i++)
            {
                crashes++;
                string? wrong = CheckCrash(disk.Crash(i == 0 ? null : random), script, committed);
                if (wrong is not null)
                {
                    failures++;
                    Console.WriteLine($"FAILURE crash at flush {flushes}: {wrong}");
                }
            }
        };
        for (int number = 0; number < count;)
        {
            using NdbEditor editor = NdbEditor.Open(disk, "x.pst", () => new FileUse().Write());
            for (int i = 0; i < TransactionsPerOpening && number < count; i++)
            {
                script.Apply(editor, ++number);
                editor.Commit();
                committed = number;
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"crash seed={seed} transactions={count} flushes={flushes} crashes={crashes} bytes={disk.Length} failures={failures} seconds={watch.Elapsed.TotalSeconds:F0}"));
        return failures == 0 ? 0 : 1;
    }

    private static string? CheckCrash(byte[] bytes, EditScript script, int committed)
    {
        try
        {
            NodeDatabase database = NodeDatabase.Open(new MemoryFileBytes(bytes), "x.pst", PstOpenOptions.Default);
            int number = EditScript.ReadNumber(database);
            if (number < committed || number > committed + 1)
            {
                return $"transaction {number} after {committed}";
            }

            SimulatedDisk disk = new(bytes);
            string? wrong = script.Check(database);
            NdbEditor.Open(disk, "x.pst", () => new FileUse().Write()).Dispose();
            return wrong ?? Findings(new MemoryFileBytes(disk.ToArray()));
        }
        catch (PstException e)
        {
            return e.ToString();
        }
    }

    private static string? CheckFile(string path, EditScript script, int acknowledged, out int number, out bool wasInvalid)
    {
        number = 0;
        wasInvalid = false;
        try
        {
            using (DiskFileBytes file = new(path))
            {
                NodeDatabase database = NodeDatabase.Open(file, path, PstOpenOptions.Default);
                wasInvalid = database.Header.Root.AMapValidity == AMapValidity.Invalid;
                number = EditScript.ReadNumber(database);
                if (number < acknowledged || number > acknowledged + 1)
                {
                    return $"transaction {number} after {acknowledged}";
                }

                if (script.Check(database) is string wrong)
                {
                    return wrong;
                }
            }

            NdbEditor.Open(path).Dispose();
            using DiskFileBytes repaired = new(path);
            return Findings(repaired);
        }
        catch (PstException e)
        {
            return e.ToString();
        }
    }

    private static string? Findings(IFileBytes file)
    {
        string findings = string.Join("; ", new PstChecker().CheckAll(file, "x.pst", s_strict).Findings
            .Where(f => f.RuleId.StartsWith("NDB", StringComparison.Ordinal)).Select(f => $"{f.RuleId} {f.Message}"));
        return findings.Length == 0 ? null : findings;
    }

    private static int RunAndKill(string path, int seed, Random random)
    {
        int acknowledged = 0;
        using ManualResetEventSlim began = new();
        using Process writer = new();
        writer.StartInfo = new ProcessStartInfo(
            Environment.ProcessPath!, ["kill-writer", path, seed.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        writer.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null)
            {
                acknowledged = int.Parse(e.Data, CultureInfo.InvariantCulture);
                began.Set();
            }
        };
        writer.Start();
        writer.BeginOutputReadLine();

        // Now and then while it is still opening the file.
        if (random.Next(8) > 0)
        {
            began.Wait(TimeSpan.FromSeconds(60));
        }

        Thread.Sleep(random.Next(MaxDelay));
        writer.Kill();
        writer.WaitForExit();
        return acknowledged;
    }

    private static void NewFile(string path)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions());
        builder.Complete();
    }
}
