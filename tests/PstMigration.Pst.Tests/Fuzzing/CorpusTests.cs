using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Fuzzing;

/// <summary>What coverage-guided runs found worth keeping (docs/fuzzing.md), each input again.</summary>
public sealed class CorpusTests
{
    public static IEnumerable<TheoryDataRow<string>> Kinds => PstTargets.Names.Select(n => new TheoryDataRow<string>(n));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_thrown(string kind)
    {
        Action<byte[]> target = PstTargets.Find(kind, () => File.ReadAllBytes(Path.Combine(TestData.Samples, "rehearsal.pst")))!;
        string[] inputs = Directory.GetFiles(Path.Combine(TestData.Corpus, "fuzz", kind));
        Assert.NotEmpty(inputs);
        foreach (string input in inputs)
        {
            Exception? wrong = Record.Exception(() => target(File.ReadAllBytes(input)));
            Assert.True(wrong is null, input + ": " + wrong);
        }
    }
}
