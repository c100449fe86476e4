using System.Text.RegularExpressions;
using Xunit;

namespace PstMigration.Sandbox.Tests;

public sealed class RouteTests
{
    public static TheoryData<string> Entries { get; } = new(Routes.All.Concat(Routes.Uploads).Concat(Routes.Mailboxes).Select(r => r.Method + " " + r.Template));

    [Theory]
    [MemberData(nameof(Entries))]
    public void An_entry_matches_itself_alone_and_names_its_source(string entry)
    {
        string[] words = entry.Split(' ');
        Route route = Routes.All.Concat(Routes.Uploads).Concat(Routes.Mailboxes).Single(r => r.Method == words[0] && r.Template == words[1]);
        string[] path = GraphRequest.SplitPath(route.Template).Select(s => s[0] == '{' ? "value" : s).ToArray();

        Assert.Equal(route.Template.Count(c => c == '{'), route.Match(path)!.Count);
        Assert.Matches("^(api|concepts|resources|sdks)/[a-z0-9-]+$", route.Source);
        Assert.Contains(route.Method, new[] { "GET", "POST", "PATCH", "PUT", "DELETE" });
        Route[] rivals = Routes.All.Where(r => r.Method == route.Method && r.Match(path) is not null).OrderByDescending(r => r.Literals).ToArray();
        Assert.True(rivals.Length < 2 || rivals[0].Literals > rivals[1].Literals, "Ambiguous: " + entry);
    }

    [Fact]
    public void No_entry_stands_there_twice() =>
        Assert.Equal(Routes.All.Count, Routes.All.Select(r => r.Method + " " + Regex.Replace(r.Template, @"\{\w+\}", "{}")).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Theory]
    [InlineData("mailFolders/$count", "mailFolders/$count")]
    [InlineData("mailFolders/delta", "mailFolders/delta")]
    [InlineData("MAILFOLDERS/x", "mailFolders/{folder}")]
    public void The_more_literal_entry_wins(string path, string template)
    {
        Route best = Routes.All.Where(r => r.Method == "GET" && r.Match(path.Split('/')) is not null).OrderByDescending(r => r.Literals).First();

        Assert.Equal(template, best.Template);
    }
}
