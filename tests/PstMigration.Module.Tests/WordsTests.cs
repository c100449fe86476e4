using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>README, topics and help name only what exists, and claim only what docs/honesty.md bears out.</summary>
public sealed partial class WordsTests
{
    private const string NotReached = "No live mailbox has been reached by the project yet";
    private const string NotReachedInJapanese = "このプロジェクトはまだ実際のメールボックスに接続したことがなく";

    // Exchange's own, which stand beside ours.
    private static readonly string[] s_ofExchange = ["New-MailboxRestoreRequest", "New-MailboxExportRequest"];

    private static readonly IReadOnlyDictionary<string, CmdletInfo> s_cmdlets = StagedModule.Cmdlets().ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Pages for people, from the checkout's root.</summary>
    public static IEnumerable<TheoryDataRow<string>> Pages => new[] { "README.md" }
        .Concat(new[] { "en-US", "ja-JP" }.SelectMany(l => Directory.EnumerateFiles(At(l), "about_*.txt")))
        .Concat(Directory.EnumerateFiles(At("docs"), "*.md"))
        .Select(p => new TheoryDataRow<string>(Path.GetRelativePath(StagedModule.Repository, At(p)).Replace('\\', '/')));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Names_only_what_exists(string page)
    {
        string text = File.ReadAllText(At(page));
        string[] topics = [.. Directory.EnumerateFiles(At("en-US"), "about_*").Select(f => Path.GetFileName(f).Split('.')[0])];

        Assert.Equal([], OwnCommand().Matches(text).Select(m => m.Value).Where(n => !s_cmdlets.ContainsKey(n)).Except(s_ofExchange));
        Assert.Equal([], Topic().Matches(text).Select(m => m.Value).Except(topics));
        Assert.Equal([], Sample().Matches(text).Select(m => m.Value.TrimEnd('.')).Where(s => !Path.Exists(At(s))));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void The_first_topic_explains_nouns_and_parameters_that_exist(string language)
    {
        string text = File.ReadAllText(At(language, "about_PstMigration.help.txt"));
        HashSet<string> parameters = [.. s_cmdlets.Values.SelectMany(c => c.Parameters.Keys), "Module"]; // Get-Command -Module
        HashSet<string> nouns = [.. s_cmdlets.Values.Select(c => c.Noun)];

        Assert.Equal([], Parameter().Matches(text).Select(m => m.Groups[1].Value).Where(p => !parameters.Contains(p)));
        Assert.All(Noun().Matches(text), m => Assert.Contains(nouns, n => n.StartsWith(m.Groups[1].Value, StringComparison.Ordinal)));
        Assert.Equal(3, Noun().Count(text));
    }

    [Fact]
    public void Commands_of_the_readme_have_the_parameters_they_are_given()
    {
        List<string> wrong = [];
        foreach (Match block in Block().Matches(File.ReadAllText(At("README.md"))))
        {
            ScriptBlockAst script = Parser.ParseInput(block.Groups[1].Value, out _, out ParseError[] errors);
            Assert.Empty(errors);
            foreach (CommandAst command in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                if (s_cmdlets.TryGetValue(command.GetCommandName() ?? "", out CmdletInfo? cmdlet))
                {
                    wrong.AddRange(command.CommandElements.OfType<CommandParameterAst>().Where(p => !cmdlet.Parameters.Values.Any(k => IsNamed(k, p.ParameterName))).Select(p => $"{cmdlet.Name} -{p.ParameterName}"));
                }
            }
        }

        Assert.Equal([], wrong);
    }

    private static bool IsNamed(ParameterMetadata parameter, string name) => parameter.Aliases.Append(parameter.Name).Contains(name, StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("README.md")]
    [InlineData("en-US/about_PstMigration.help.txt")]
    [InlineData("ja-JP/about_PstMigration.help.txt")]
    public void Every_sample_is_listed(string page)
    {
        string text = File.ReadAllText(At(page));

        Assert.All(
            Directory.EnumerateFiles(At("samples"), "*.ps1", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(At("samples"), f).Replace('\\', '/')),
            sample => Assert.Contains(sample, text, StringComparison.Ordinal));
    }

    /// <summary>As long as honesty.md says that no live mailbox was reached, whoever reads how to reach one is told.</summary>
    [Theory]
    [InlineData("README.md", NotReached)]
    [InlineData("en-US/about_PstMigration.help.txt", NotReached)]
    [InlineData("ja-JP/about_PstMigration.help.txt", NotReachedInJapanese)]
    [InlineData("src/PstMigration/Help/en-US/Connect-MsMailbox.md", NotReached)]
    [InlineData("src/PstMigration/Help/ja-JP/Connect-MsMailbox.md", NotReachedInJapanese)]
    public void What_is_not_proven_of_live_mailboxes_is_said(string page, string sentence)
    {
        string notProven = File.ReadAllText(At("docs", "honesty.md")).Split("# What is not proven")[1];
        bool reached = !notProven.Contains("**A live mailbox.** Everything said about mailboxes was seen in the sandbox only.", StringComparison.Ordinal);

        Assert.Equal(!reached, Unwrapped(File.ReadAllText(At(page))).Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md", "**A sandbox** is a mailbox in one file on this machine")]
    [InlineData("en-US/about_PstMigration.help.txt", "is a mailbox in one file on this machine")]
    [InlineData("ja-JP/about_PstMigration.help.txt", "1 つのファイルに置かれたメールボックス")]
    public void What_a_sandbox_is_is_said(string page, string sentence) => Assert.Contains(sentence, Unwrapped(File.ReadAllText(At(page))), StringComparison.Ordinal);

    private static string At(params string[] parts) => Path.Combine([StagedModule.Repository, .. parts]);

    private static string Unwrapped(string text) => Wrap().Replace(text, m => m.Groups[1].Value.Length > 0 && char.IsAscii(m.Groups[1].Value[0]) ? m.Groups[1].Value + " " : m.Groups[1].Value);

    [GeneratedRegex(@"\b[A-Z][a-z]+-(?:Pst|Ms(?=[A-Z])|Mailbox|LegacyMail|Purview)[A-Za-z]*\b(?!\.(?:ps1|md))")]
    private static partial Regex OwnCommand();

    [GeneratedRegex(@"\babout_[A-Za-z]+(?:_[A-Za-z]+)*\b")]
    private static partial Regex Topic();

    [GeneratedRegex(@"\bsamples/[A-Za-z0-9./-]+")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<![\w-])-([A-Z][A-Za-z]+)\b")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^        (Pst|MsMailbox|MailboxBackup)(?:\.\.\.)?  ", RegexOptions.Multiline)]
    private static partial Regex Noun();

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(\S)\s*\n[ ]*(?=\S)")]
    private static partial Regex Wrap();
}
