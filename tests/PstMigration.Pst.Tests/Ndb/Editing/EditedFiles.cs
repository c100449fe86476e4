using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Checking;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>What tests of the editor start from and what they ask of a file.</summary>
internal static class EditedFiles
{
    private static readonly PstCheckOptions s_strict = new() { OwnWriter = true };

    /// <summary>A sound file of one region.</summary>
    public static byte[] Small() => CheckFiles.Small().Bytes;

    /// <summary>Opens a file for writing.</summary>
    public static NdbEditor Edit(IDurableFile disk, FileUse? use = null) => NdbEditor.Open(disk, "x.pst", () => (use ?? new FileUse()).Write());

    /// <summary>Opens a file for reading.</summary>
    public static NodeDatabase Read(byte[] bytes) => NodeDatabase.Open(new MemoryFileBytes(bytes), "x.pst", PstOpenOptions.Default);

    /// <summary>Whether the strict checker finds nothing in header, trees, maps and blocks.</summary>
    public static void AssertSound(byte[] bytes)
    {
        string findings = string.Join(
            Environment.NewLine,
            new PstChecker().CheckAll(new MemoryFileBytes(bytes), "x.pst", s_strict).Findings
                .Where(f => f.Rule.Id.StartsWith("NDB", StringComparison.Ordinal))
                .Select(f => $"{f.Rule.Id} {f.Offset:X} {f.Structure}: {f.Message}"));
        Assert.Equal("", findings);
    }
}
