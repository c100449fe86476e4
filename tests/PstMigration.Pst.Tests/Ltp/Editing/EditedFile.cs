using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Pst.Tests.Verification;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

/// <summary>Writes the nodes of a store to a file for those who judge files, and lets them.</summary>
internal static class EditedFile
{
    private static readonly string[] s_blockRules = ["NDB-45", "NDB-46", "NDB-47", "NDB-53", "NDB-54"];

    /// <summary>Checks every node of the store with both checkers.</summary>
    /// <param name="store">The store, whose nodes are property contexts and tables.</param>
    /// <param name="isOwn">Whether all of it was written by this library, so that its own stricter rules hold.</param>
    public static void Check(MemoryNodeStore store, bool isOwn = true)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.pst");
        using (PartialFile partial = PartialFile.Create(path, replace: false))
        {
            NdbWriter writer = new(partial, PstEncoding.None);
            store.WriteTo(writer);
            writer.Complete();
            partial.Commit();
        }

        // There is no message store and there are no folders: what counts is what is said of nodes.
        PstCheckReport report = new PstChecker().CheckAll(path, new PstCheckOptions { OwnWriter = isOwn });
        Assert.DoesNotContain(report.Findings, f => f.RuleId.StartsWith("LTP", StringComparison.Ordinal) || Array.IndexOf(s_blockRules, f.RuleId) >= 0);
        if (isOwn)
        {
            Assert.Empty(Verify(path));
        }
    }

    private static List<string> Verify(string path)
    {
        using RawFile file = new(path);
        NdbVerifier ndb = new(file);
        ndb.Verify();
        foreach (RawNode node in file.Nodes.Values)
        {
            LtpVerifier verifier = new(file, ndb, node);
            if (ndb.ReadLeaves(node.Data)[0][3] == 0x7C)
            {
                verifier.ReadRows();
            }
            else
            {
                verifier.ReadProperties();
            }
        }

        return file.Problems;
    }
}
