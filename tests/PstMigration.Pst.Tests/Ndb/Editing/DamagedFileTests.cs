using System.Buffers.Binary;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Checking;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>An edit of a damaged file loses nothing that could be read and brings no new damage, or is refused.</summary>
public sealed class DamagedFileTests
{
    private static readonly Dictionary<string, Mutation> s_mutations =
        NdbMutations.All.Concat(LtpMutations.All).Concat(MessagingMutations.All).ToDictionary(m => m.Rule.Id);

    public static TheoryData<string> All => [.. s_mutations.Keys];

    // A block that is said to be where the file ends cannot be read. When the file grows something is there, which shows to who accepts damage.
    public static TheoryData<string> OfTheDatabase => [.. s_mutations.Keys.Where(id => id.StartsWith("NDB", StringComparison.Ordinal) && id != "NDB-44")];

    [Theory]
    [MemberData(nameof(All))]
    public void Damage_by_any_rule(string id)
    {
        EditTrial trial = new(Damaged(id).Bytes);
        Assert.Null(trial.Add().Wrong);
        Assert.Null(trial.Delete().Wrong);
    }

    [Theory]
    [MemberData(nameof(OfTheDatabase))]
    public void Damage_to_a_file_so_large_that_the_first_commits_do_not_wait(string id)
    {
        EditTrial trial = new(Damaged(id).Bytes);
        Assert.Null(trial.Add(Later(out _)).Wrong);
        Assert.Null(trial.Delete(Later(out _)).Wrong);
        Assert.Null(trial.Add(Later(out HeldScheduler scheduler), scheduler.Release).Wrong);
        Assert.Null(trial.Delete(Later(out scheduler), scheduler.Release).Wrong);
    }

    [Theory]
    [InlineData("NDB-12")]
    [InlineData("NDB-12c")]
    [InlineData("NDB-18")]
    [InlineData("NDB-23")]
    [InlineData("NDB-24")]
    [InlineData("NDB-25")]
    [InlineData("NDB-33")]
    [InlineData("NDB-35")]
    [InlineData("NDB-36")]
    [InlineData("NDB-37")]
    [InlineData("NDB-38")]
    [InlineData("NDB-39")]
    [InlineData("NDB-40")]
    [InlineData("NDB-42")]
    [InlineData("NDB-43")]
    [InlineData("NDB-43b")]
    [InlineData("NDB-44")]
    [InlineData("NDB-45")]
    [InlineData("NDB-46")]
    [InlineData("NDB-51")]
    [InlineData("NDB-55d")]
    [InlineData("NDB-56")]
    [InlineData("NDB-96")]
    [InlineData("NDB-97")]
    public void What_edits_rely_on_is_refused_and_untouched(string id) => AssertRefused(Damaged(id).Bytes);

    [Theory]
    [InlineData("NDB-12b")]
    [InlineData("NDB-14")]
    [InlineData("NDB-15")]
    [InlineData("NDB-15b")]
    [InlineData("NDB-16")]
    [InlineData("NDB-17")]
    [InlineData("NDB-19")]
    [InlineData("NDB-20")]
    [InlineData("NDB-21")]
    [InlineData("NDB-26")]
    [InlineData("NDB-27")]
    [InlineData("NDB-30")]
    [InlineData("NDB-31")]
    [InlineData("NDB-32")]
    [InlineData("NDB-47b")]
    public void Maps_and_counters_are_put_right(string id)
    {
        EditTrial trial = new(Damaged(id).Bytes);
        AssertPutRight(trial.Add(), id);
        AssertPutRight(trial.Add(Later(out HeldScheduler scheduler), scheduler.Release), id);
    }

    [Fact]
    public void Counters_that_are_behind_in_a_large_file_are_put_right_before_anything_gets_an_id()
    {
        foreach (string id in new[] { "NDB-19", "NDB-20" })
        {
            AssertPutRight(new EditTrial(Damaged(id).Bytes).Add(Later(out _)), id);
        }
    }

    [Theory]
    [InlineData(516)]
    [InlineData(32)]
    [InlineData(44 + (4 * (int)NodeIdType.NormalMessage))]
    [InlineData(44 + (4 * (int)NodeIdType.NormalFolder))]
    public void Counters_that_would_come_to_their_end_begin_behind_what_is_in_use(int place)
    {
        PstPatch patch = CheckFiles.Small();
        patch.EditHeader(h => h.Slice(place, place is 516 or 32 ? 8 : 4).Fill(0xFF));
        EditTrial trial = new(patch.Bytes);
        foreach (EditOutcome outcome in new[] { trial.Add(), trial.Add(Later(out _)) })
        {
            Assert.Null(outcome.Refusal);
            Assert.Null(outcome.Wrong);
        }
    }

    [Fact]
    public void A_new_item_gets_no_id_an_item_in_an_item_has()
    {
        const uint Embedded = 0x10900;
        PstPatch patch = CheckFiles.Small();
        int counter = patch.Layout.HeaderNodeCounters + (4 * (int)NodeIdType.NormalMessage);
        patch.EditHeader(h => BinaryPrimitives.WriteUInt32LittleEndian(h[counter..], Embedded - 1));
        GiveEmbeddedItem(patch, new NodeId(NodeIdType.NormalMessage, Embedded));
        SimulatedDisk disk = new(patch.Bytes);
        using NdbEditor editor = EditedFiles.Edit(disk);
        Assert.Equal(Embedded + 1, editor.Counters.Next(NodeIdType.NormalMessage).Index);
    }

    [Fact]
    public void A_reference_count_that_is_too_low_is_refused() => AssertRefused(File.ReadAllBytes(TestData.Path("attack/lowref.pst")));

    [Fact]
    public void A_file_that_is_verified_later_frees_nothing_before()
    {
        byte[] file = File.ReadAllBytes(TestData.Path("attack/lowref.pst"));
        EditTrial trial = new(file);
        foreach (EditOutcome outcome in new[] { trial.Add(Later(out _)), trial.Delete(Later(out _)) })
        {
            Assert.Null(outcome.Wrong);
            Assert.Null(outcome.Refusal);
            Assert.NotEqual(file.Length, outcome.After.Length);
        }

        EditOutcome later = trial.Add(Later(out HeldScheduler scheduler), scheduler.Release);
        Assert.Null(later.Wrong);
        Assert.Equal("PstNeedsRepair", later.Refusal);
    }

    [Fact]
    public void An_id_that_was_never_given_but_is_referred_to_is_not_given_before_a_large_file_is_verified()
    {
        byte[] original = File.ReadAllBytes(Path.Combine(TestData.Samples, "rehearsal.pst"));
        PstPatch sound = new(original);
        ulong[] branches = [.. sound.BlockIds.Where(b => new BlockId(b).IsInternal)];
        Assert.NotEmpty(branches);
        for (int i = 0; i < branches.Length; i++)
        {
            PstPatch patch = new([.. original]);
            int[] places = InternalBlock.ReferenceOffsets(patch.Read(branches[i]), 0, patch.Layout);
            ulong never = patch.Header.NextBlock.Value + (ulong)(i % 8 * 4);
            patch.EditBlock(branches[i], b => patch.Layout.WriteId(b[places[i % places.Length]..], never));
            EditTrial trial = new(patch.Bytes);
            Assert.Null(trial.Add(Later(out _)).Loss);
            Assert.Null(trial.Delete(Later(out _)).Loss);
        }
    }

    [Fact]
    public void A_commit_that_is_large_waits_for_the_verification()
    {
        PstPatch damaged = Damaged("NDB-33");
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        File.WriteAllBytes(path, damaged.Bytes);
        PstException refused = Assert.Throws<PstException>(() =>
        {
            using NdbEditor editor = NdbEditor.Open(
                EditedFile.Open(path), path, () => FileUses.Write(path), new VerificationPlan(0, TaskScheduler.Default));
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 2_000_000);
            editor.Commit();
        });
        Assert.Equal("PstNeedsRepair", refused.Id);
        Assert.Equal(damaged.Bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void Spoilt_files() => RunCases(File.ReadAllBytes(Path.Combine(TestData.Samples, "rehearsal.pst")), 16);

    [Theory]
    [InlineData("testPST.pst")]
    [InlineData("submessage.pst")]
    public void Spoilt_files_of_Outlook(string name) => RunCases(File.ReadAllBytes(TestData.Path("pst/" + name)), 8);

    private static void RunCases(byte[] original, int count)
    {
        int scale = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 100 : 1;
        for (int number = 20_261_127; number < 20_261_127 + (count * scale); number++)
        {
            foreach ((string name, EditOutcome outcome, string? wrong) in new EditCase(original, number).Run())
            {
                Assert.True(wrong is null, $"{number}, {name}: {outcome.Refusal ?? "done"}: {wrong}");
            }
        }
    }

    // Gives the one item in an item of the file another id.
    private static void GiveEmbeddedItem(PstPatch patch, NodeId id)
    {
        foreach (ulong block in patch.BlockIds.Where(b => new BlockId(b).IsInternal && patch.Read(b) is [SubnodeTreeHeader.ExpectedType, 0, ..]))
        {
            patch.EditBlock(block, b =>
            {
                for (int at = patch.Layout.SubnodeHeaderSize; at < b.Length; at += patch.Layout.SubnodeEntrySize)
                {
                    SubnodeEntry entry = SubnodeEntry.Read(b[at..], patch.Layout);
                    (entry with { Id = entry.Id.Type == NodeIdType.NormalMessage ? id : entry.Id }).Write(b[at..], patch.Layout);
                }
            });
        }
    }

    private static VerificationPlan Later(out HeldScheduler scheduler)
    {
        scheduler = new HeldScheduler();
        return new VerificationPlan(0, scheduler);
    }

    private static PstPatch Damaged(string id)
    {
        PstPatch patch = s_mutations[id].File();
        s_mutations[id].Apply(patch);
        return patch;
    }

    private static void AssertRefused(byte[] file)
    {
        EditTrial trial = new(file);
        foreach (EditOutcome outcome in new[] { trial.Add(), trial.Delete() })
        {
            Assert.Null(outcome.Wrong);
            Assert.Equal("PstNeedsRepair", outcome.Refusal);
            Assert.Equal(file, outcome.After);
        }
    }

    private static void AssertPutRight(EditOutcome outcome, string id)
    {
        Assert.Null(outcome.Wrong);
        Assert.Null(outcome.Refusal);
        PstCheckReport report = new PstChecker().CheckAll(new MemoryFileBytes(outcome.After), "x.pst", new PstCheckOptions { OwnWriter = true });
        Assert.DoesNotContain(id, report.Findings.Select(f => f.RuleId));
    }
}
