using PstMigration.Mapi;
using PstMigration.Pst.Tests.Verification;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>New files keep every rule the format has.</summary>
public sealed class StructureTests
{
    [Theory]
    [InlineData(PstEncoding.None)]
    [InlineData(PstEncoding.Permute)]
    [InlineData(PstEncoding.Cyclic)]
    public void A_file_with_everything(PstEncoding encoding)
    {
        using TemporaryFolder folder = new();

        Assert.Empty(StructureVerifier.Verify(SampleFile.Build(folder.File("a.pst"), encoding)));
    }

    [Fact]
    public void An_empty_file() => Verify(_ => { });

    [Fact]
    public void A_folder_of_5000_items() => Verify(builder =>
    {
        PstNewFolder folder = builder.CreateFolder(builder.RootFolder, "5000");
        for (int i = 0; i < 5000; i++)
        {
            builder.AddItem(folder, SampleItems.Mail(i));
        }
    });

    [Fact]
    public void An_item_with_900_attachments() => Verify(builder =>
    {
        MapiItem item = SampleItems.Mail(0);
        for (int i = 0; i < 900; i++)
        {
            item.Attachments.Add(SampleItems.File($"f{i}.txt", SampleItems.Bytes(i, i)));
        }

        builder.AddItem(builder.RootFolder, item);
    });

    [Fact]
    public void An_attachment_of_35_MB_beyond_the_first_FMap() => Verify(builder =>
    {
        MapiItem item = SampleItems.Mail(0);
        item.Attachments.Add(SampleItems.File("large", new SampleItems.Generated(35_000_000)));
        builder.AddItem(builder.RootFolder, item);
        builder.AddItem(builder.RootFolder, SampleItems.Mail(1));
    });

    [Fact]
    public void An_item_with_more_properties_than_one_leaf_holds() => Verify(builder =>
    {
        MapiItem item = SampleItems.Mail(0);
        foreach (int i in Enumerable.Range(1, 0x0DFF).Where(i => i is not (0x17 or 0x1A or 0x26 or 0x36 or 0x37 or 0x39 or 0x3D or 0x70)))
        {
            item.Properties.Set(new PropertyTag((ushort)i, PropertyType.String), "value of " + i);
        }

        builder.AddItem(builder.RootFolder, item);
    });

    private static void Verify(Action<PstFileBuilder> fill)
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options()))
        {
            fill(builder);
            builder.Complete();
        }

        Assert.Empty(StructureVerifier.Verify(folder.File("a.pst")));
    }
}
