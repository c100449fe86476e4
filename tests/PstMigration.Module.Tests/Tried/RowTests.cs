using System.Text.RegularExpressions;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Each row of what people saw when they typed by habit has a test that bears its name.</summary>
public sealed partial class RowTests
{
    /// <summary>Get-Help -Online needs an address the module is published at, and there is none yet.</summary>
    private static readonly string[] s_open = ["D11"];

    [Fact]
    public void Each_row_has_a_test_of_its_name()
    {
        string tests = Path.Combine(StagedModule.Repository, "tests");
        string[] inCode = [.. Files(tests, "*.cs").SelectMany(f => Named().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value)];
        string[] inPester =
        [
            .. Files(Path.Combine(tests, "Pester"), "*.ps1").SelectMany(f => Described().Matches(File.ReadAllText(f)))
                .SelectMany(m => Row().Matches(m.Value)).Select(m => m.Value),
        ];
        string[] rows =
        [
            .. Enumerable.Range(1, 5).Select(n => "A" + n), .. Enumerable.Range(1, 11).Select(n => "B" + n),
            .. Enumerable.Range(1, 20).Select(n => "C" + n), .. Enumerable.Range(1, 11).Select(n => "D" + n),
        ];

        Assert.Equal(s_open, rows.Except(inCode).Except(inPester));
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Where(f => !f.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    [GeneratedRegex(@"\bpublic (?:async Task|void) ([ABCD]\d+)_")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?m)^\s*(?:Describe|It) '[^']*'")]
    private static partial Regex Described();

    [GeneratedRegex(@"\b[ABCD]\d+\b")]
    private static partial Regex Row();
}
