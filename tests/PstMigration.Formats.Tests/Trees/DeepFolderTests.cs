using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Folders in folders in folders: a target finds again whatever it wrote, at any depth.</summary>
public sealed class DeepFolderTests
{
    private const int Depth = 150;

    public static IEnumerable<TheoryDataRow<string>> Formats =>
        new[] { "Eml", "Html", "Text", "Json", "Attachment", "Mbox", "Maildir" }.Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_second_run_writes_nothing_twice(string name)
    {
        using Folder folder = new();
        ItemFormat format = MailFormats.All.Single(f => f.Id == name);
        Store store = new([.. Enumerable.Range(1, Depth).Where(d => d % 10 == 0)
            .Select(d => (string.Join("/", Enumerable.Range(1, d).Select(i => "f" + i)), FolderRole.None, new[] { Mail.Item("at " + d, "b", null, Mail.File("c.txt", [1])) }))]);

        TransferSummary first = await Store.CopyAsync(store, format, folder.At("out"));
        string[] files = folder.Files();
        TransferSummary second = await Store.CopyAsync(store, format, folder.At("out"));

        Assert.Equal((Depth / 10, Depth / 10), (first.Count(ItemFate.Copied), second.Count(ItemFate.AlreadyThere)));
        Assert.Equal(files.OrderBy(f => f, StringComparer.Ordinal), folder.Files().OrderBy(f => f, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public async Task All_of_it_is_read_back(string name)
    {
        using Folder folder = new();
        ItemFormat format = MailFormats.All.Single(f => f.Id == name);
        string path = string.Join("/", Enumerable.Range(1, Depth).Select(i => "f" + i));
        await Store.CopyAsync(new Store((path, FolderRole.None, [Mail.Item("deep")])), format, folder.At("out"));

        Assert.True(format.Detect(folder.At("out")));
        await using IItemSource source = format.OpenSource(folder.At("out"), new ItemSourceOptions());
        (SourceFolder at, _, MapiItem item) = Assert.Single(await Store.ReadAsync(source));

        Assert.Equal((path, "deep"), (at.Path.ToString(), item.Subject));
    }
}
