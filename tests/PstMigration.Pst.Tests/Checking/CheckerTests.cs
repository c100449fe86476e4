using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>What the checker does with files, options and callers.</summary>
public sealed class CheckerTests
{
    /// <summary>Where a contents table has no column for it, nothing in it says which items are unread; an edit counts them by the items.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unread_items_are_compared_with_tables_that_tell_them(bool hasColumn)
    {
        TestStore store = new(new TestPst(PstLayout.Unicode))
        {
            Columns = [.. TestStore.ContentsColumns.Where(c => hasColumn || c != 0x0E070003)],
            Unread = 1,
        };
        store.AddMessage("one");

        PstCheckReport report = new PstChecker().CheckAll(new MemoryFileBytes(store.ToArray()), "x", PstCheckOptions.Default);

        Assert.Equal(hasColumn, report.Findings.Any(f => f.RuleId == "MSG-86"));
    }

    [Theory]
    [InlineData("PstEmpty", 0)]
    [InlineData("PstTruncated", 300)]
    [InlineData("PstNotAPst", -1)]
    [InlineData("PstUnsupported", 10)]
    [InlineData("PstUnsupported", 513)]
    public void What_is_no_data_file_is_refused(string error, int change)
    {
        byte[] bytes = CheckFiles.Small().Bytes;
        switch (change)
        {
            case < 0:
                bytes[0] = 0;
                break;
            case 0 or 300:
                bytes = bytes.AsSpan(0, change).ToArray();
                break;
            default:
                bytes[change] = 99;
                break;
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.pst"), bytes);

        Assert.Equal(error, Assert.Throws<PstException>(() => new PstChecker().CheckAll(folder.File("x.pst"))).Id);
        Assert.Equal(error, Assert.Throws<PstException>(() => new PstChecker().Check(folder.File("x.pst")).ToList()).Id);
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        using TemporaryFolder folder = new();

        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => new PstChecker().CheckAll(folder.File("x.pst"))).Id);
        Assert.Equal("PstIsDirectory", Assert.Throws<PstException>(() => new PstChecker().CheckAll(Path.GetTempPath())).Id);
        Assert.Throws<ArgumentNullException>(() => new PstChecker().Check(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PstCheckOptions { MaxFindingsPerRule = 0 });
    }

    [Fact]
    public void Findings_come_while_the_check_runs()
    {
        using TemporaryFolder folder = new();
        PstPatch patch = CheckFiles.Small();
        patch.EditHeader(h => h[15] = 2);
        File.WriteAllBytes(folder.File("x.pst"), patch.Bytes);
        using CancellationTokenSource cancellation = new();

        using IEnumerator<PstFinding> findings = new PstChecker().Check(folder.File("x.pst"), cancellationToken: cancellation.Token).GetEnumerator();

        Assert.True(findings.MoveNext());
        Assert.Same(PstCheckRules.Platform, findings.Current.Rule);
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => findings.MoveNext());
    }

    [Fact]
    public void Findings_beyond_the_limit_are_counted()
    {
        PstPatch patch = CheckFiles.Small();
        ulong[] blocks = [.. patch.BlockIds];
        foreach (ulong id in blocks)
        {
            patch.AddReferences(id, 1);
        }

        PstCheckReport report = new PstChecker().CheckAll(new MemoryFileBytes(patch.Bytes), "x", new PstCheckOptions { MaxFindingsPerRule = 3 });

        Assert.Equal(3, report.Findings.Count);
        Assert.Equal(blocks.Length - 3, report.Omitted["NDB-46"]);
        Assert.False(report.IsValid);
    }

    [Fact]
    public void Rules_of_our_writer_are_applied_on_request_only()
    {
        PstPatch patch = CheckFiles.Small();
        patch.EditRoot(r => r with { AMapValidity = AMapValidity.Valid1 });

        Assert.Empty(MutationTests.Check(patch, own: false).Findings);
        Assert.Equal(PstRuleScope.OurWriter, Assert.Single(MutationTests.Check(patch, own: true).Findings).AppliesTo);
    }

    [Fact]
    public void A_finding_says_where_and_what()
    {
        PstPatch patch = CheckFiles.Small();
        uint node = CheckFiles.InSmall("Mail");
        ulong table = patch.Subnode(patch.Node(node).Subnodes, 0x692).Data.Value;
        patch.EditRows(table, r => r[0] ^= 0x40);

        PstFinding finding = Assert.Single(MutationTests.Check(patch, own: false).Findings);

        Assert.Equal("LTP-80", finding.RuleId);
        Assert.Equal(new NodeId(node), finding.Node);
        Assert.Equal($"node {new NodeId(node)}, subnode 0x00000692", finding.Structure);
        Assert.Equal(patch.Block(table).Block.Offset, finding.Offset);
        Assert.Equal(PstFindingSeverity.Error, finding.Severity);
        Assert.DoesNotContain("{", finding.Message, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Meaning);
    }

    [Fact]
    public void Progress_is_told_at_most_five_times_a_second()
    {
        List<PstCheckProgress> told = [];
        Clock clock = new(TimeSpan.FromMilliseconds(50));
        PstPatch patch = CheckFiles.Small();

        new PstChecker(clock).CheckAll(new MemoryFileBytes(patch.Bytes), "x", PstCheckOptions.Default, new Listener(told.Add));

        // The clock moves by 50 ms each time it is asked, once a step.
        Assert.InRange(told.Count, 10, (clock.Asked / 4) + 1);
        Assert.Contains(told, p => p.Phase == PstCheckPhase.Nodes && p.Total > 0 && p.Done <= p.Total * 2 && p.Counts.Blocks > 0);
    }

    private sealed class Listener(Action<PstCheckProgress> onReport) : IProgress<PstCheckProgress>
    {
        public void Report(PstCheckProgress value) => onReport(value);
    }

    private sealed class Clock(TimeSpan step) : TimeProvider
    {
        public int Asked { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => step.Ticks * ++Asked;
    }
}
