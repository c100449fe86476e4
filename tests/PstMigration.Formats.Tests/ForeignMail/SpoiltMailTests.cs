using System.Diagnostics;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Whatever a mail is: it is read, nothing of it ends a run, and what was read can be written.</summary>
public sealed class SpoiltMailTests
{
    // PSTMIGRATION_SCALE=full: minutes instead of a moment.
    private static readonly int s_scale = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 100 : 1;

    [Theory]
    [InlineData(20261201)]
    [InlineData(40000000)]
    public void Spoilt_mail_is_read_and_written(int seed)
    {
        MailMutator mutator = new([.. Directory.EnumerateFiles(Path.Combine(TestData.Corpus, "mail")).OrderBy(f => f, StringComparer.Ordinal).Select(File.ReadAllBytes)]);
        List<string> failures = [];
        for (int i = 0; i < TestScale.Of(500 * s_scale); i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            string? wrong = MailTrial.Run(mutator.Make(seed + i));
            if (wrong is not null || watch.Elapsed.TotalSeconds > 30)
            {
                failures.Add(seed + i + ": " + (wrong ?? "slow: " + watch.Elapsed));
            }
        }

        Assert.True(failures.Count == 0, failures.Count + " of them, such as\n" + string.Join("\n", failures.Take(20)));
    }
}
