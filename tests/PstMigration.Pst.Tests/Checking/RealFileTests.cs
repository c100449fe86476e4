using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Files by other programs, most of them Outlook.</summary>
public sealed class RealFileTests
{
    // What is known to be odd in them; docs/checks.md says why none of it is an error.
    private static readonly Dictionary<string, string[]> s_expected = new()
    {
        ["32-bit.pst"] = ["MSG-85"],
        ["JournalPST.pst"] = ["MSG-61", "MSG-83b", "MSG-84b", "NDB-95"],
        ["MapiNoteToPST_out.pst"] = ["MSG-61", "MSG-83b", "MSG-84b", "NDB-95"],
        ["Outlook_1.pst"] = ["MSG-61"],
        ["PersonalStorageFile1.pst"] = ["MSG-61", "MSG-84b"],
        ["TaskPST.pst"] = ["MSG-61", "MSG-83b", "MSG-84b", "NDB-95"],
        ["dist-list.pst"] = ["MSG-61"],
        ["passwordprotectedPST.pst"] = ["MSG-61", "MSG-84b"],
    };

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_healthy_file_has_no_errors(string? file)
    {
        PstCheckReport report = new PstChecker().CheckAll(TestData.Path(file ?? ""));

        Assert.True(report.IsValid, string.Join("\n", report.Findings));
        string[] expected = s_expected.TryGetValue(Path.GetFileName(report.Path), out string[]? known) ? known : [];
        string[] rules = [.. report.Findings.Where(f => f.Severity != PstFindingSeverity.Information).Select(f => f.RuleId).Distinct().OrderBy(i => i, StringComparer.Ordinal)];
        Assert.Equal(expected, rules);
        Assert.True(report.Counts.Nodes > 20 && report.Counts.Blocks > 15 && report.Counts.Pages > 4);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_quick_check_reads_no_blocks(string? file)
    {
        PstCheckReport report = new PstChecker().CheckAll(TestData.Path(file ?? ""), new PstCheckOptions { Quick = true });

        Assert.True(report.IsValid, string.Join("\n", report.Findings));
        Assert.Equal(0, report.Counts.Blocks);
        Assert.Equal(0, report.Counts.Items);
    }

    [Fact]
    public void The_marker_in_a_4K_block_trailer_is_checked()
    {
        PstPatch patch = Open("pst/outlook-com-4k.ost");
        ulong id = patch.BlockIds.First();
        patch.Trailer(patch.Block(id))[16] = 3;

        AssertOnly(patch, PstCheckRules.TrailerMarker);
    }

    [Fact]
    public void A_compressed_block_that_does_not_inflate_is_found()
    {
        PstPatch patch = Open("pst/outlook-com-4k.ost");
        ulong id = patch.NodeIds.Where(n => (n & 0x1F) == (uint)NodeIdType.NormalMessage)
            .Select(n => patch.Node(n).Data.Value)
            .First(b => patch.Block(b).Length != patch.Block(b).InflatedLength);
        BlockEntry block = patch.Block(id);
        Span<byte> data = patch.Bytes.AsSpan((int)block.Block.Offset, block.Length);
        data[2..].Fill(0xFF);
        uint crc = MapiCrc.Compute(data);
        patch.EditTrailer(id, t => t with { Crc = crc });

        AssertOnly(patch, PstCheckRules.BadCompression, PstCheckRules.NodeUnreadable);
    }

    [Fact]
    public void An_ost_without_record_key_is_found()
    {
        PstPatch patch = Open("pst/SampleOstFile.ost");
        patch.EditRecord(patch.Node(0x21).Data.Value, 0x0FF9, r => r[0] = 0xF8);

        AssertOnly(patch, PstCheckRules.OstSubtree);
    }

    [Fact]
    public void A_search_folder_of_a_folder_that_is_gone_is_found()
    {
        PstPatch patch = Open("pst/SampleOstFile.ost");
        foreach (uint node in patch.NodeIds.Where(n => (n & 0x1F) == (uint)NodeIdType.SearchCriteria))
        {
            ulong block = patch.Node(node).Data.Value;
            if (block != 0 && TryValue(patch, block, 0x6609) is uint scope and > 0)
            {
                patch.EditItem(block, scope, v => BinaryPrimitives.WriteUInt32LittleEndian(v, 0x7FFE2));
                AssertOnly(patch, PstCheckRules.SearchScope);
                return;
            }
        }

        Assert.Fail("No search folder has a scope.");
    }

    [Fact]
    public void The_checksum_of_an_ansi_page_is_checked()
    {
        PstPatch patch = Open("pst/test_ansi.pst");
        patch.EditPageTrailer(patch.Header.Root.NodeTree.Offset, t => t with { Crc = t.Crc + 1 });

        AssertOnly(patch, PstCheckRules.PageCrc);
    }

    [Fact]
    public void The_checksum_of_an_ansi_block_is_checked()
    {
        PstPatch patch = Open("pst/test_ansi.pst");
        patch.EditTrailer(patch.Node(0x21).Data.Value, t => t with { Crc = t.Crc + 1 });

        AssertOnly(patch, PstCheckRules.BlockCrc, PstCheckRules.NodeUnreadable);
    }

    private static uint? TryValue(PstPatch patch, ulong block, ushort id)
    {
        try
        {
            return patch.Value(block, id);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static PstPatch Open(string file) => new(File.ReadAllBytes(TestData.Path(file)));

    private static void AssertOnly(PstPatch patch, params PstCheckRule[] rules) => Assert.Equal(
        rules.Select(r => r.Id).OrderBy(i => i),
        MutationTests.Check(patch, own: false).Findings.Select(f => f.RuleId).Distinct().OrderBy(i => i));
}
