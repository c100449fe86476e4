using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PstMigration.Bench;

/// <summary>
/// Runs this program and its peers over one file, each in a process of its own, and prints medians. Peers are the environment
/// variables PSTMIGRATION_PEER_name_LIST and PSTMIGRATION_PEER_name_READ: command lines in which {0} is the file and {1} an
/// empty folder for those that only export.
/// </summary>
internal static class Comparison
{
    private const string Prefix = "PSTMIGRATION_PEER_";
    private const double Megabyte = 1e6;

    private sealed record Contender(string Name, string Command);

    private sealed record Result(double Seconds, double PeakMegabytes, string Outcome);

    /// <summary>Prints the tables for listing and reading.</summary>
    /// <param name="file">The data file; read once before, so that the cache is warm.</param>
    /// <param name="runs">Runs of each; the median counts.</param>
    /// <param name="limit">A run that takes longer is stopped, and its program not run again.</param>
    public static void Run(string file, int runs, TimeSpan limit)
    {
        long size = new FileInfo(file).Length;
        using (FileStream stream = File.OpenRead(file))
        {
            stream.CopyTo(Stream.Null, 1 << 20);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {size / Megabyte:F1} MB, median of {runs}"));
        foreach (string mode in new[] { "list", "read" })
        {
            Console.WriteLine();
            Console.WriteLine($"| {mode} | seconds | MB/s | peak MB | outcome |");
            Console.WriteLine("|---|--:|--:|--:|---|");
            foreach (Contender contender in Contenders(mode))
            {
                Result result = Median(contender, file, runs, limit);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {contender.Name} | {result.Seconds:F2} | {size / Megabyte / result.Seconds:F1} | {result.PeakMegabytes:F0} | {result.Outcome} |"));
            }
        }
    }

    private static IEnumerable<Contender> Contenders(string mode)
    {
        yield return new Contender("PstMigration", $"{Environment.ProcessPath} {mode} {{0}}");
        string suffix = "_" + mode.ToUpperInvariant();
        IEnumerable<Contender> peers = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(v => new Contender((string)v.Key, (string?)v.Value ?? ""))
            .Where(v => v.Name.StartsWith(Prefix, StringComparison.Ordinal) && v.Name.EndsWith(suffix, StringComparison.Ordinal))
            .OrderBy(v => v.Name, StringComparer.Ordinal);
        foreach (Contender peer in peers)
        {
            yield return peer with { Name = peer.Name[Prefix.Length..^suffix.Length] };
        }
    }

    private static Result Median(Contender contender, string file, int runs, TimeSpan limit)
    {
        List<Result> results = [];
        for (int i = 0; i < runs; i++)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("pst-bench-");
            try
            {
                Result result = RunOnce(contender, file, folder.FullName, limit);
                results.Add(result);
                if (result.Outcome != "ok")
                {
                    return result;
                }
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return results.OrderBy(r => r.Seconds).ElementAt(results.Count / 2);
    }

    // The command line is split at spaces: paths with spaces have to be linked to by others.
    private static Result RunOnce(Contender contender, string file, string folder, TimeSpan limit)
    {
        string[] words = [.. contender.Command.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.Replace("{0}", file, StringComparison.Ordinal).Replace("{1}", folder, StringComparison.Ordinal))];
        ProcessStartInfo start = new(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(contender.Name + " does not start.");
        process.OutputDataReceived += (_, e) => Log(contender, e.Data);
        process.ErrorDataReceived += (_, e) => Log(contender, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        double peak = 0;
        while (!process.WaitForExit(milliseconds: 10))
        {
            process.Refresh();
            peak = Math.Max(peak, Peak(process));
            if (watch.Elapsed > limit)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return new Result(watch.Elapsed.TotalSeconds, peak, "stopped: over the limit");
            }
        }

        double seconds = watch.Elapsed.TotalSeconds;
        process.WaitForExit();
        return new Result(seconds, peak, process.ExitCode == 0 ? "ok" : string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}"));
    }

    // What the programs print goes where the tables do not.
    private static void Log(Contender contender, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Console.Error.WriteLine(contender.Name + ": " + line);
        }
    }

    private static double Peak(Process process)
    {
        try
        {
            return process.PeakWorkingSet64 / Megabyte;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
