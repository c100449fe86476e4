using PstMigration.Pst.Ndb.Files;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Every rule is broken alone, or with those it cannot be separated from, and the checker says just that.</summary>
public sealed class MutationTests
{
    private static readonly Dictionary<string, Mutation> s_mutations =
        NdbMutations.All.Concat(LtpMutations.All).Concat(MessagingMutations.All).ToDictionary(m => m.Rule.Id);

    public static TheoryData<string> Names => [.. s_mutations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_called_by_its_name(string id)
    {
        Mutation mutation = s_mutations[id];
        PstPatch patch = mutation.File();
        mutation.Apply(patch);

        PstCheckReport report = Check(patch, mutation.Own);

        string[] found = [.. report.Findings.Select(f => f.RuleId).Distinct().OrderBy(i => i)];
        string[] allowed = [.. mutation.Also.Append(mutation.Rule).Select(r => r.Id)];
        Assert.True(found.SequenceEqual(allowed.OrderBy(i => i)), string.Join("\n", report.Findings.Select(f => f.ToString())));
    }

    [Fact]
    public void The_files_that_are_damaged_are_sound()
    {
        Assert.Empty(Check(CheckFiles.Small(), own: true).Findings);
        Assert.Empty(Check(CheckFiles.Large(), own: true).Findings);
    }

    internal static PstCheckReport Check(PstPatch patch, bool own) =>
        new PstChecker().CheckAll(new MemoryFileBytes(patch.Bytes), "damaged", new PstCheckOptions { OwnWriter = own });
}
