using System;
using PstMigration.Pst.Tests.Writing;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>A .pst we write is a good .pst: the strict checker finds nothing.</summary>
public sealed class WriterTests
{
    private static readonly PstCheckOptions s_strict = new() { OwnWriter = true };

    [Theory]
    [InlineData(PstEncoding.None)]
    [InlineData(PstEncoding.Permute)]
    [InlineData(PstEncoding.Cyclic)]
    public void A_file_with_something_of_everything_is_sound(PstEncoding encoding)
    {
        using TemporaryFolder folder = new();

        PstCheckReport report = new PstChecker().CheckAll(SampleFile.Build(folder.File("sample.pst"), encoding), s_strict);

        Assert.Empty(report.Findings);
        Assert.Empty(report.Omitted);
        Assert.True(report.Counts.Items > SampleFile.ItemCount);
    }

    [Fact]
    public void An_empty_file_is_sound()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("empty.pst"), SampleFile.Options()))
        {
            builder.Complete();
        }

        Assert.Empty(new PstChecker().CheckAll(folder.File("empty.pst"), s_strict).Findings);
    }
}
