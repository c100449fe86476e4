using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using PstMigration.Transfer;
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
        MailMutator mutator = Mutator();
        List<string> failures = [];
        for (int i = 0; i < TestScale.Of(300 * s_scale); i++)
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

    /// <summary>Over the engine, from files of mail into a data file and into every other format: what is mail arrives.</summary>
    [Fact]
    public async Task Spoilt_mail_arrives_everywhere()
    {
        using Folder folder = new();
        string source = folder.File("mail");
        Directory.CreateDirectory(source);
        MailMutator mutator = Mutator();
        for (int i = 0; i < TestScale.Of(100 * s_scale); i++)
        {
            File.WriteAllBytes(Path.Combine(source, i + ".eml"), mutator.Make(20261202 + i));
        }

        foreach (ItemFormat format in MailFormats.All.Where(f => f.CanWrite && f != MailFormats.Attachment).Prepend(PstItemFormat.Instance))
        {
            (TransferSummary summary, List<ItemResult> results, _) = await Store.RunAsync(
                MailFormats.Eml.OpenSource(source, new ItemSourceOptions()), format, folder.File("target." + format.Id + (format.IsOneFile ? format.Extensions[0] : "")));

            Assert.Equal([], results.Where(r => r.Fate == ItemFate.Failed && r.Written.ReasonId != FormatErrorIds.MimeNotAMessage.Name).Select(r => format.Id + " " + r.Key.Id + ": " + r.Written.Reason));
            Assert.True(summary.Copied > results.Count / 2, format.Id + ": " + summary.Copied);
        }
    }

    private static MailMutator Mutator() =>
        new([.. Directory.EnumerateFiles(Path.Combine(TestData.Corpus, "mail")).OrderBy(f => f, StringComparer.Ordinal).Select(File.ReadAllBytes)]);
}
