using System.Text.RegularExpressions;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Readers nobody here wrote find in our files what was put in.</summary>
public sealed class ForeignReaderTests
{
    [Theory]
    [InlineData(PstEncoding.None)]
    [InlineData(PstEncoding.Permute)]
    [InlineData(PstEncoding.Cyclic)]
    public void Libpff_exports_every_item(PstEncoding encoding)
    {
        string export = ForeignReader.Find("pffexport");
        string info = ForeignReader.Find("pffinfo");
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("sample.pst"), encoding);

        (int infoCode, string infoText, string infoErrors) = ForeignReader.Run(info, path);
        (int code, _, string errors) = ForeignReader.Run(export, "-m", "all", "-q", "-t", folder.File("x"), path);

        Assert.Equal((0, 0), (infoCode, code));
        Assert.Empty(infoErrors);
        Assert.Empty(errors);
        Assert.DoesNotContain("orrupt", infoText, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("x.orphans")) || Directory.Exists(folder.File("x.recovered")));
        string[] items = Directory.GetFiles(folder.File("x.export"), "OutlookHeaders.txt", SearchOption.AllDirectories);
        Assert.Equal(SampleFile.ItemCount + 6, items.Length + ContactCount(folder.File("x.export")));
        string large = Directory.GetFiles(folder.File("x.export"), "*large.bin", SearchOption.AllDirectories).Single();
        Assert.Equal(SampleItems.Bytes(3, 100_000), File.ReadAllBytes(large));
    }

    [Theory]
    [InlineData(PstEncoding.Permute)]
    [InlineData(PstEncoding.Cyclic)]
    public void Libpst_exports_every_item_without_a_warning(PstEncoding encoding)
    {
        string readpst = ForeignReader.Find("readpst");
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("sample.pst"), encoding);
        string target = folder.File("out");
        Directory.CreateDirectory(target);

        (int code, string text, string errors) = ForeignReader.Run(readpst, "-j0", "-e", "-D", "-o", target, path);

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.DoesNotContain("WARNING", text, StringComparison.OrdinalIgnoreCase);
        int files = Directory.GetFiles(target, "*", SearchOption.AllDirectories).Count(f => Regex.IsMatch(f, @"[\\/]\d+\.(eml|vcf)$"));
        Assert.Equal(SampleFile.ItemCount, files);
    }

    /// <summary>libpff refuses a file one of whose name streams is empty; Outlook's have something in each.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Libpff_opens_a_file_without_named_properties(bool hasPublicString)
    {
        string info = ForeignReader.Find("pffinfo");
        string export = ForeignReader.Find("pffexport");
        using TemporaryFolder folder = new();
        string path = folder.File("a.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(path, SampleFile.Options()))
        {
            MapiItem item = new();
            item.Properties.Set(PropertyTags.Subject, "plain");
            if (hasPublicString)
            {
                item.Properties.Set(PropertyNames.Keywords, "one");
            }

            builder.AddItem(builder.RootFolder, item);
            builder.Complete();
        }

        (int infoCode, _, string infoErrors) = ForeignReader.Run(info, path);
        (int code, _, string errors) = ForeignReader.Run(export, "-m", "all", "-q", "-t", folder.File("x"), path);

        Assert.Equal((0, 0, "", ""), (infoCode, code, infoErrors, errors));
        Assert.Single(Directory.GetFiles(folder.File("x.export"), "OutlookHeaders.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public void Java_libpst_lists_every_item()
    {
        string program = ForeignReader.JavaLibPst();
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("sample.pst"));

        (int code, string text, string errors) = ForeignReader.Run(program, path);

        Assert.True(code == 0, errors);
        Assert.Equal(SampleFile.ItemCount, text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static int ContactCount(string folder) => Directory.GetFiles(folder, "Contact.txt", SearchOption.AllDirectories).Length;
}
