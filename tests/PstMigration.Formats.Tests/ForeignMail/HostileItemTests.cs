using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Whatever an item holds and however a file of mail is spoilt: no run ends by it. The short version of the runs in docs/fuzzing.md.</summary>
public sealed class HostileItemTests
{
    public static TheoryData<string> Formats => [.. MailFormats.All.Where(f => f.CanWrite).Select(f => f.Id), PstItemFormat.Instance.Id];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Hostile_items_are_written_or_refused(string id)
    {
        using Folder folder = new();
        ItemFormat format = MailFormats.All.Append(PstItemFormat.Instance).Single(f => f.Id == id);
        EngineTrial trial = new();
        int count = TestScale.Of(150);
        await using (IItemTarget target = format.OpenTarget(folder.At("target" + (format.IsOneFile ? format.Extensions[0] : "")), new ItemTargetOptions()))
        {
            await trial.RunAsync(new HostileItems(20261130, count), target, TestContext.Current.CancellationToken);
        }

        Assert.Equal([], trial.Wrong);
        Assert.Equal(count, trial.Items);
    }

    [Fact]
    public async Task A_data_file_of_hostile_items_is_sound()
    {
        using Folder folder = new();
        string path = folder.At("target.pst");
        await using (IItemTarget target = PstItemFormat.Instance.OpenTarget(path, new ItemTargetOptions()))
        {
            await new EngineTrial().RunAsync(new HostileItems(40000000, TestScale.Of(150)), target, TestContext.Current.CancellationToken);
        }

        PstCheckReport report = new PstChecker().CheckAll(path, new PstCheckOptions { OwnWriter = true }, null, TestContext.Current.CancellationToken);
        Assert.True(report.IsValid, string.Join("\n", report.Findings.Take(5)));
    }

    [Fact]
    public async Task Spoilt_files_of_mail_are_read_or_refused()
    {
        MailFileMutator mutator = new(Corpus("*.eml"), Corpus("*.mbox"), []);
        List<string> wrong = [];
        for (int i = 0; i < TestScale.Of(100); i++)
        {
            using Folder folder = new();
            string path = mutator.Write(20261203 + i, folder.Path);
            ItemFormat? format = new ItemFormats(MailFormats.All).Detect(path);
            if (format is null)
            {
                continue;
            }

            EngineTrial trial = new();
            await using (IItemTarget target = MailFormats.Json.OpenTarget(folder.At("out"), new ItemTargetOptions()))
            await using (IItemSource source = format.OpenSource(path, new ItemSourceOptions()))
            {
                await trial.RunAsync(source, target, TestContext.Current.CancellationToken);
            }

            wrong.AddRange(trial.Wrong.Select(w => 20261203 + i + ": " + w));
        }

        Assert.Equal([], wrong);
    }

    private static List<byte[]> Corpus(string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(TestData.Corpus, "mail"), pattern).OrderBy(f => f, StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
