using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Pst;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Tests;

/// <summary>
/// A value that names one block so often that it is longer than its file. The format does not forbid it and pffexport writes it out whole; here the value is left out, the rest of the item is read, and what tests files says so.
/// </summary>
public sealed class SharedBlockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(ExportPstItemCommand), typeof(ImportPstItemCommand), typeof(GetPstItemCommand), typeof(TestPstFileCommand));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_value_is_left_out_and_told_and_the_test_of_the_file_finds_it(int levels)
    {
        string file = Path.Combine(_folder.FullName, "shared.pst");
        File.WriteAllBytes(file, Write(levels));

        string json = Run($"Export-PstItem '{file}' -Destination '{Path.Combine(_folder.FullName, "out")}' -Format Json");
        string pst = Run($"Import-PstItem '{file}' '{Path.Combine(_folder.FullName, "new.pst")}'");
        string[] rules = [.. _session.InvokeClean($"(Test-PstFile '{file}' -WarningAction Ignore).Findings | ForEach-Object {{ $_.RuleId }}").Select(r => r.ToString())];

        Assert.StartsWith("1 0", json, StringComparison.Ordinal);
        Assert.Contains("TooLarge", json, StringComparison.Ordinal);
        Assert.Equal("1 0 TooLarge", pst);
        Assert.Contains("NDB-54c", rules);
        PSObject copy = _session.InvokeClean($"Get-PstItem '{Path.Combine(_folder.FullName, "new.pst")}' -Recurse").Single();
        Assert.Equal("Large", copy.Properties["Subject"].Value);
        Assert.Empty(_session.InvokeClean($"(Test-PstFile '{Path.Combine(_folder.FullName, "new.pst")}').Findings"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] Write(int levels)
    {
        TestPst file = new(PstLayout.Unicode);
        byte[] leaf = new byte[file.Layout.MaxBlockData];
        leaf.AsSpan().Fill((byte)' ');
        (BlockId root, long length) = (file.AddBlock(leaf), leaf.Length);
        for (byte level = 1; level <= levels; level++)
        {
            // As many as there is room for, and of the upper level a few: the length has 32 bits.
            int count = level == 1 ? file.Layout.MaxDataTreeEntries : 50;
            length *= count;
            byte[] block = new byte[DataTreeHeader.Size + (count * file.Layout.IdSize)];
            new DataTreeHeader(DataTreeHeader.ExpectedType, level, (ushort)count, (uint)length).Write(block);
            for (int i = 0; i < count; i++)
            {
                file.Layout.WriteId(block.AsSpan(DataTreeHeader.Size + (i * file.Layout.IdSize)), root.Value);
            }

            root = file.AddBlock(block, isInternal: true);
        }

        TestStore store = new(file);
        NodeId shared = new(NodeIdType.Ltp, 0x7001);
        store.AddMessage("Large", p =>
        {
            p.AddSubnode(shared, root);
            foreach (uint tag in new uint[] { 0x1000001F, 0x10130102, 0x10090102, 0x007D001F, 0x6601101F, 0x6602001E })
            {
                p.Refer(tag, shared);
            }
        });
        return store.ToArray();
    }

    private string Run(string command) =>
        (string)_session.InvokeClean($"$r = {command} -WarningAction Ignore; '{{0}} {{1}} {{2}}' -f $r.Copied, $r.Failed, ($r.Losses.Keys -join ' ')").Single().BaseObject;
}
