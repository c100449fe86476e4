using System.Diagnostics;
using System.Globalization;
using PstMigration.Pst;
using PstMigration.Pst.Tests.Messaging.Editing;

namespace PstMigration.Fuzz;

/// <summary>Changes a file at random beside a model of it; or kills a process that changes one.</summary>
internal static class StoreEditing
{
    private const int KillsOfFile = 20;

    /// <summary>Runs operations against the model, with readers of the same file.</summary>
    public static int Model(string path, int seed, int operations, int readerCount)
    {
        Stopwatch watch = Stopwatch.StartNew();
        StoreModelRun run = new(path, seed);
        run.Begin();
        StoreReaders readers = new(path);
        using CancellationTokenSource stop = new();
        Task[] tasks = [.. Enumerable.Range(0, readerCount).Select(_ => Task.Run(() => readers.Read(stop.Token)))];
        string? difference = run.Run(operations);
        stop.Cancel();
        Task.WaitAll(tasks);
        foreach (string failure in readers.Failures.Take(5))
        {
            Console.WriteLine("READER " + failure);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"store seed={seed} operations={operations} openings={run.Openings} reader_passes={readers.Passes} reader_changes={readers.Changes} reader_failures={readers.Failures.Count} seconds={watch.Elapsed.TotalSeconds:F1} difference={difference ?? "none"}"));
        return difference is null && readers.Failures.IsEmpty ? 0 : 1;
    }

    /// <summary>Adds items without end, and tells after each commit how many there are.</summary>
    public static int Write(string path)
    {
        using PstFileEditor editor = PstFileEditor.Open(path);
        int count = editor.IpmSubtree.ItemCount;
        Random random = new(count);
        while (true)
        {
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                editor.AddItem(editor.IpmSubtree, StoreModelRun.MakeMail(count++));
            }

            editor.Commit();
            Console.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Starts the writer as a process of its own and kills it, so many times; after each the file must hold what was committed.</summary>
    public static int Kill(string path, int seed, int times)
    {
        Random random = new(seed);
        int failures = 0, most = 0, items = 0;
        for (int i = 0; i < times; i++)
        {
            // A file that grew all the time would be read over and over.
            if (i % KillsOfFile == 0)
            {
                items += most;
                most = 0;
                CreateEmpty(path);
            }

            most = Math.Max(most, KillOne(path, TimeSpan.FromMilliseconds(random.Next(1, 400))));
            if (Check(path, most) is string wrong)
            {
                failures++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE kill {i}: {wrong}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"store-kill seed={seed} kills={times} items={items + most} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    private static void CreateEmpty(string path)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { Replace = true, Language = CultureInfo.InvariantCulture });
        builder.Complete();
    }

    private static int KillOne(string path, TimeSpan after)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(StoreEditing).Assembly.Location);
        }

        start.ArgumentList.Add("store-write");
        start.ArgumentList.Add(path);
        using Process process = Process.Start(start)!;
        int committed = 0;
        Task reading = Task.Run(() =>
        {
            while (process.StandardOutput.ReadLine() is string line)
            {
                committed = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : committed;
            }
        });

        // A process that was killed before it wrote anything shows nothing.
        SpinWait.SpinUntil(() => Volatile.Read(ref committed) > 0, TimeSpan.FromSeconds(30));
        Thread.Sleep(after);
        process.Kill();
        process.WaitForExit();
        reading.Wait();
        return committed;
    }

    private static string? Check(string path, int committed)
    {
        // As the killed process left it: maps may be out of date, and room left behind the end.
        if (new PstChecker().CheckAll(path).Findings.FirstOrDefault(f => f.Severity == PstFindingSeverity.Error) is PstFinding error)
        {
            return "before the next writer: " + error;
        }

        using (PstFileEditor editor = PstFileEditor.Open(path))
        {
            if (editor.IpmSubtree.ItemCount < committed)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{editor.IpmSubtree.ItemCount} items of {committed}");
            }
        }

        if (new PstChecker().CheckAll(path, new PstCheckOptions { OwnWriter = true }).Findings is [PstFinding finding, ..])
        {
            return finding.ToString();
        }

        using PstFile file = PstFile.Open(path);
        List<PstItemSummary> items = [.. file.IpmSubtree.EnumerateItems()];
        for (int i = 0; i < items.Count; i++)
        {
            if (StoreModelRun.DiffersFromMail(file.OpenItem(items[i].NodeId), i) is string difference)
            {
                return string.Create(CultureInfo.InvariantCulture, $"item {i}: {difference}");
            }
        }

        return null;
    }
}
