using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>The catalogue, its texts, its page in the documentation, and the tests are about the same rules.</summary>
public sealed class RuleTests
{
    // Tested elsewhere than in the table of mutations, or never reported.
    private static readonly Dictionary<string, string> s_elsewhere = new()
    {
        ["NDB-01"] = "the file is refused (PstNotAPst)",
        ["NDB-09"] = "the file is refused (PstUnsupported)",
        ["NDB-29"] = nameof(LargeFileTests),
        ["NDB-33b"] = nameof(LargeFileTests),
        ["NDB-48b"] = nameof(RealFileTests),
        ["NDB-98"] = nameof(RealFileTests),
        ["NDB-54c"] = "through the cmdlet, with what readers make of it",
        ["LTP-65b"] = nameof(HostileTests),
        ["LTP-100"] = "always with the damage that causes it",
        ["MSG-83c"] = nameof(RealFileTests),
        ["MSG-94"] = nameof(RealFileTests),
        ["CHK-1"] = nameof(HostileTests),
    };

    [Fact]
    public void Every_rule_is_broken_by_a_test() => Assert.Equal(
        PstCheckRules.All.Select(r => r.Id).OrderBy(i => i, StringComparer.Ordinal),
        MutationTests.Names.Select(n => n.Data).Concat(s_elsewhere.Keys).OrderBy(i => i, StringComparer.Ordinal));

    [Fact]
    public void Every_invariant_has_a_rule()
    {
        int[] numbers = [.. PstCheckRules.All.Where(r => !r.Id.StartsWith("CHK", StringComparison.Ordinal)).Select(Number).Distinct()];

        Assert.Superset(Enumerable.Range(1, 94).ToHashSet(), numbers.ToHashSet());
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void Every_rule_has_its_texts(string language)
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            foreach (PstCheckRule rule in PstCheckRules.All)
            {
                bool isJapanese = Regex.IsMatch(rule.MessageFormat, @"[\u3040-\u30FF\u4E00-\u9FFF]") && Regex.IsMatch(rule.Meaning, @"[\u3040-\u30FF\u4E00-\u9FFF]");
                Assert.True(isJapanese == (language == "ja-JP"), rule.Id);
                Assert.DoesNotContain("Check", rule.MessageFormat + rule.Meaning, StringComparison.Ordinal);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Both_languages_use_the_same_figures()
    {
        foreach (PstCheckRule rule in PstCheckRules.All)
        {
            string key = "Check_" + rule.Id.Replace('-', '_');
            string[] english = Figures(Strings.ResourceManager.GetString(key, CultureInfo.GetCultureInfo("en-US"))!);
            string[] japanese = Figures(Strings.ResourceManager.GetString(key, CultureInfo.GetCultureInfo("ja-JP"))!);
            Assert.Equal(english, japanese);
        }
    }

    [Fact]
    public void The_documentation_lists_the_catalogue()
    {
        string page = File.ReadAllText(Find("docs", "checks.md"));
        string[] documented = [.. Regex.Matches(page, @"^\| ([A-Z]{3}-\w+) \| (\w+) \| ([^|]+) \| ([^|]+) \|", RegexOptions.Multiline).Cast<Match>()
            .Select(m => string.Join(" | ", m.Groups.Cast<Group>().Skip(1).Select(g => g.Value)))];

        Assert.Equal(PstCheckRules.All.Select(Describe), documented.OrderBy(d => d.Split(' ')[0], StringComparer.Ordinal));
    }

    [Fact]
    public void The_documentation_says_of_every_rule_whether_absence_is_allowed()
    {
        string page = File.ReadAllText(Find("docs", "checks.md"));
        string[] documented = [.. Regex.Matches(page, @"^\| ([A-Z]{3}-\w+) \|(?: [^|]+ \|){4} [^| ][^|]* \|$", RegexOptions.Multiline).Cast<Match>().Select(m => m.Groups[1].Value)];

        Assert.Equal(PstCheckRules.All.Select(r => r.Id), documented.OrderBy(d => d, StringComparer.Ordinal));
    }

    private static string Find(params string[] parts)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine([at.FullName, .. parts])))
        {
            at = at.Parent;
        }

        return Path.Combine([at?.FullName ?? "", .. parts]);
    }

    private static string Describe(PstCheckRule rule) => string.Join(
        " | ",
        rule.Id,
        rule.Severity,
        rule.AppliesTo == PstRuleScope.Any ? "any" : "own",
        rule.Formats switch
        {
            PstFormats.All => "all",
            PstFormats.Small => "ANSI, Unicode",
            PstFormats.Wide => "Unicode, 4K",
            PstFormats.Only4K => "4K",
            _ => rule.Formats.ToString(),
        });

    private static int Number(PstCheckRule rule) => int.Parse(Regex.Match(rule.Id, @"\d+").Value, CultureInfo.InvariantCulture);

    private static string[] Figures(string format) => [.. Regex.Matches(format, @"\{\d[^}]*\}").Cast<Match>().Select(m => m.Value).Distinct().OrderBy(f => f, StringComparer.Ordinal)];
}
