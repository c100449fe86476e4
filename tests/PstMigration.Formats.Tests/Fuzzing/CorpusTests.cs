using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Fuzzing;

/// <summary>What coverage-guided runs found worth keeping (docs/fuzzing.md), each input again.</summary>
public sealed class CorpusTests
{
    public static IEnumerable<TheoryDataRow<string>> Kinds => MailTargets.Names.Select(n => new TheoryDataRow<string>(n));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_thrown(string kind)
    {
        Action<byte[]> target = MailTargets.Find(kind)!;
        string[] inputs = Directory.GetFiles(Path.Combine(TestData.Corpus, "fuzz", kind));
        Assert.NotEmpty(inputs);
        foreach (string input in inputs)
        {
            Exception? wrong = Record.Exception(() => target(File.ReadAllBytes(input)));
            Assert.True(wrong is null, input + ": " + wrong);
        }
    }
}
