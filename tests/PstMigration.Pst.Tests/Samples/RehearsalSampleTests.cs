using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Samples;

public sealed class RehearsalSampleTests
{
    /// <summary>With PSTMIGRATION_UPDATE_SAMPLES=1 the committed file is made anew instead.</summary>
    [Fact]
    public void The_committed_file_is_the_one_this_project_makes()
    {
        string committed = Path.Combine(TestData.Samples, "rehearsal.pst");
        if (Environment.GetEnvironmentVariable("PSTMIGRATION_UPDATE_SAMPLES") == "1")
        {
            RehearsalSample.Build(committed);
        }

        string made = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pst");
        try
        {
            RehearsalSample.Build(made);
            Assert.True(File.ReadAllBytes(committed).AsSpan().SequenceEqual(File.ReadAllBytes(made)), "samples/rehearsal.pst differs from what is built.");
        }
        finally
        {
            File.Delete(made);
        }
    }
}
