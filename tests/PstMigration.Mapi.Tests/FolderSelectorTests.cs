using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mapi.Tests;

public sealed class FolderSelectorTests
{
    private static readonly Dictionary<FolderPath, FolderRole> s_roles = new()
    {
        [FolderPath.Parse("受信トレイ")] = FolderRole.Inbox,
        [FolderPath.Root] = FolderRole.Root,
    };

    [Theory]
    [InlineData("Inbox", "受信トレイ", true)]
    [InlineData("inbox/請求書", "受信トレイ/請求書", true)]
    [InlineData("受信トレイ/請*", "受信トレイ/請求書", true)]
    [InlineData("受信トレイ", "受信トレイ/請求書", false)]
    [InlineData("*/請求書", "受信トレイ/請求書", true)]
    [InlineData("2019", "2019", true)]
    [InlineData("3", "受信トレイ", false)]
    [InlineData("Inbox", "Other", false)]
    [InlineData("Root", "", true)]
    [InlineData("Pro?ects", "projects", true)]
    [InlineData("Inbox/*", "受信トレイ/a/b", true)]
    [InlineData("[Gmail]", "[Gmail]", true)]
    [InlineData("[Gmail]", "G", false)]
    public void Matches(string typed, string path, bool expected) =>
        Assert.Equal(expected, FolderSelector.Parse(typed).Matches(FolderPath.Parse(path), RoleOf));

    [Fact]
    public void Chosen_paths_are_just_these_folders()
    {
        FolderSelector chosen = FolderSelector.Exactly([FolderPath.Parse("a/b"), FolderPath.Parse("Inbox")]);

        Assert.False(chosen.IncludesBelow);
        Assert.True(chosen.Matches(FolderPath.Parse("A/B"), RoleOf));
        Assert.False(chosen.Matches(FolderPath.Parse("a/b/c"), RoleOf));
        Assert.False(chosen.Matches(FolderPath.Parse("受信トレイ"), RoleOf));
    }

    [Theory]
    [InlineData("", "*", true)]
    [InlineData("", "", true)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abc", "a*b", false)]
    [InlineData("aXbXc", "*X?", true)]
    [InlineData("abc", "ABC?", false)]
    public void Wildcards(string text, string pattern, bool expected) => Assert.Equal(expected, Wildcard.IsMatch(text, pattern));

    private static FolderRole RoleOf(FolderPath path) => s_roles.TryGetValue(path, out FolderRole role) ? role : FolderRole.None;
}
