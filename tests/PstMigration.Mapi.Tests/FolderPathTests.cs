using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mapi.Tests;

public sealed class FolderPathTests
{
    [Theory]
    [InlineData("Inbox", 1)]
    [InlineData("受信トレイ/請求書", 2)]
    [InlineData(@"a\/b/c\\d", 2)]
    [InlineData("/", 0)]
    public void Written_form_reads_back(string text, int count)
    {
        FolderPath path = FolderPath.Parse(text);

        Assert.Equal(count, path.Names.Count);
        Assert.Equal(text, path.ToString());
    }

    [Fact]
    public void Names_compare_without_case() =>
        Assert.Equal(FolderPath.Parse("inbox/A"), FolderPath.Parse("/INBOX//a/"));
}
