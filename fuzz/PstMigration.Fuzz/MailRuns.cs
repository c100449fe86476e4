using System.Diagnostics;
using System.Globalization;
using PstMigration.Formats.Tests.ForeignMail;

namespace PstMigration.Fuzz;

/// <summary>Reads spoilt mail and writes it in every format.</summary>
internal static class MailRuns
{
    private const int StackSize = 512 * 1024;
    private const string Folder = "tests/Corpus/mail";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Spoils mail so many times.</summary>
    public static int Run(int seed, int count, IReadOnlyList<string> files)
    {
        MailMutator mutator = Mutator(files);
        Stopwatch watch = Stopwatch.StartNew();
        int failures = 0;
        TimeSpan most = TimeSpan.Zero;
        for (int i = 0; i < count; i++)
        {
            string? wrong = Try(mutator.Make(seed + i), out TimeSpan worked);
            most = worked > most ? worked : most;
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE {seed + i}: {wrong}"));
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mail seed={seed} cases={count} failures={failures} slowest={most.TotalSeconds:F1} seconds={watch.Elapsed.TotalSeconds:F1}"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>One case again; the mail is written to a file.</summary>
    public static int Again(int number, string written, IReadOnlyList<string> files)
    {
        byte[] mail = Mutator(files).Make(number);
        File.WriteAllBytes(written, mail);
        string? wrong = Try(mail, out TimeSpan worked);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wrong ?? "sound"} ({worked.TotalSeconds:F1} s)"));
        return wrong is null ? 0 : 1;
    }

    private static MailMutator Mutator(IReadOnlyList<string> files) =>
        new([.. (files.Count > 0 ? files : [.. Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)]).Select(File.ReadAllBytes)]);

    private static string? Try(byte[] mail, out TimeSpan worked)
    {
        string? wrong = null;
        Thread thread = new(() => wrong = MailTrial.Run(mail), StackSize) { IsBackground = true };
        TimeSpan before = Environment.CpuUsage.TotalTime;
        thread.Start();
        bool ended = thread.Join(s_patience);
        worked = Environment.CpuUsage.TotalTime - before;
        return !ended ? "endless" : wrong ?? (worked > s_limit ? string.Create(CultureInfo.InvariantCulture, $"slow: {worked.TotalSeconds:F1} s") : null);
    }
}
