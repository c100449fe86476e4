using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PstMigration.Bench;

/// <summary>A program to be measured.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Command">
/// Its command line, split at spaces, with {0}, {1} and so on for what a run is about. Of a program that reads {0} is the file, {1} an empty
/// folder for those that only export; of one that writes {0} is the file, {1} how many messages, {2} the bytes of an attachment, {3} every
/// how many messages have one.
/// </param>
internal sealed record Contender(string Name, string Command)
{
    private const double Megabyte = 1e6;
    private const double LongRun = 60;
    private const string Pinning = "/usr/bin/taskset";

    /// <summary>Whether a process can be kept to some of the cores here.</summary>
    public static bool CanPin => File.Exists(Pinning);

    /// <summary>Runs it over a file some times, and gives the run of median time, or the first that went wrong.</summary>
    /// <param name="file">The data file.</param>
    /// <param name="runs">How often.</param>
    /// <param name="cores">How many cores it may use, where that can be had.</param>
    /// <param name="limit">It is stopped when it takes longer.</param>
    public ProcessResult Median(string file, int runs, int cores, TimeSpan limit) => Median(runs, () => Run(file, cores, limit));

    /// <summary>The run of median time, or the first that went wrong or took over a minute; there is none after that.</summary>
    public static ProcessResult Median(int runs, Func<ProcessResult> run)
    {
        List<ProcessResult> results = [];
        for (int i = 0; i < runs; i++)
        {
            ProcessResult result = run();
            if (result.Outcome != ProcessResult.Ok || result.Seconds > LongRun)
            {
                return result;
            }

            results.Add(result);
        }

        return results.OrderBy(r => r.Seconds).ElementAt(results.Count / 2);
    }

    /// <summary>Runs it over a file once.</summary>
    /// <param name="file">The data file.</param>
    /// <param name="cores">How many cores it may use, where that can be had.</param>
    /// <param name="limit">It is stopped when it takes longer.</param>
    public ProcessResult Run(string file, int cores, TimeSpan limit)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pst-bench-");
        try
        {
            return Run([file, folder.FullName], cores, limit);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs it once.</summary>
    /// <param name="values">What stands for {0}, {1} and so on.</param>
    /// <param name="cores">How many cores it may use, where that can be had.</param>
    /// <param name="limit">It is stopped when it takes longer.</param>
    public ProcessResult Run(IReadOnlyList<string> values, int cores, TimeSpan limit)
    {
        string[] words = [.. Command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => Fill(w, values))];
        return Run(CanPin ? [Pinning, "-c", "0-" + (cores - 1).ToString(CultureInfo.InvariantCulture), .. words] : words, limit);
    }

    private static string Fill(string word, IReadOnlyList<string> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            word = word.Replace("{" + i.ToString(CultureInfo.InvariantCulture) + "}", values[i], StringComparison.Ordinal);
        }

        return word;
    }

    private ProcessResult Run(string[] words, TimeSpan limit)
    {
        StringBuilder output = new();
        ProcessStartInfo start = new(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(Name + " does not start.");
        process.OutputDataReceived += (_, e) => output.AppendLine(e.Data);
        process.ErrorDataReceived += (_, e) => Log(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (double peak, double worked) = (0, 0);
        while (!process.WaitForExit(milliseconds: 10))
        {
            process.Refresh();
            (peak, worked) = Look(process, peak, worked);
            if (watch.Elapsed > limit)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return new ProcessResult(watch.Elapsed.TotalSeconds, worked, peak, output.ToString(), "stopped: over the limit");
            }
        }

        double seconds = watch.Elapsed.TotalSeconds;
        process.WaitForExit();
        string outcome = process.ExitCode == 0 ? ProcessResult.Ok : string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}");
        return new ProcessResult(seconds, worked, peak, output.ToString(), outcome);
    }

    private static (double Peak, double Worked) Look(Process process, double peak, double worked)
    {
        try
        {
            return (Math.Max(peak, process.PeakWorkingSet64 / Megabyte), Math.Max(worked, process.TotalProcessorTime.TotalSeconds));
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return (peak, worked);
        }
    }

    // What goes wrong goes where the tables do not.
    private void Log(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Console.Error.WriteLine(Name + ": " + line);
        }
    }
}
