using PstMigration.Mapi;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
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

    [Theory]
    [MemberData(nameof(RealFiles))]
    public async Task A_copy_of_a_real_file_is_sound(string? relative)
    {
        using PstFile original = PstFile.Open(TestData.Path(relative ?? ""));
        PstItemSource source = new(original);
        using TemporaryFolder folder = new();
        using (PstItemTarget target = PstItemTarget.Create(folder.File("copy.pst"), SampleFile.Options()))
        {
            await foreach (SourceFolder from in source.ReadFoldersAsync(CancellationToken.None))
            {
                TargetFolder to = await target.OpenFolderAsync(from.Path, from.Role, from.ContainerClass, CancellationToken.None);
                await foreach (SourceItem item in source.ReadItemsAsync(from, CancellationToken.None))
                {
                    ItemDigest digest = new(DigestLevel.Content, new string('0', 64));
                    ItemProvenance provenance = Targets.Provenance(item.Key, digest);
                    await target.WriteAsync(to, await item.OpenAsync(CancellationToken.None), provenance, CancellationToken.None);
                }
            }

            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Empty(new PstChecker().CheckAll(folder.File("copy.pst"), s_strict).Findings);
    }

    [Fact]
    public void Deep_and_wide_items_are_sound()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options()))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Nested(60));
            MapiItem wide = SampleItems.Mail(1);
            for (int i = 0; i < 900; i++)
            {
                wide.Attachments.Add(SampleItems.File("f" + i, SampleItems.Bytes(i, i * 7)));
            }

            builder.AddItem(builder.RootFolder, wide);
            builder.Complete();
        }

        Assert.Empty(new PstChecker().CheckAll(folder.File("a.pst"), s_strict).Findings);
    }

    /// <summary>The item says that nobody got a copy; its row, which some readers fail on otherwise, says nothing.</summary>
    [Fact]
    public void An_empty_value_may_be_missing_from_the_row()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options()))
        {
            MapiItem item = SampleItems.Mail(1);
            item.Properties.Set(PropertyTags.DisplayCc, "");
            item.Recipients.Clear();
            builder.AddItem(builder.RootFolder, item);
            builder.Complete();
        }

        Assert.Empty(new PstChecker().CheckAll(folder.File("a.pst"), s_strict).Findings);
    }

    public static IEnumerable<TheoryDataRow<string?>> RealFiles() => TestData.Files("pst", ".pst", ".ost");
}
