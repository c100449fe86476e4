using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>The samples: they parse, and what they call exists with the parameters they give.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string s_samples = Path.Combine(StagedModule.Repository, "samples");
    private readonly EngineSession _session = StagedModule.Import();

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(s_samples, "*.ps1", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(s_samples, p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Cmdlets_and_parameters_exist(string name)
    {
        string path = Path.Combine(s_samples, name);
        ScriptBlockAst script = Parser.ParseFile(path, out _, out ParseError[] errors);
        Assert.Empty(errors);
        foreach (CommandAst call in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is string command && Own(command) is CommandInfo cmdlet)
            {
                Assert.All(Parameters(call, script), p => Assert.True(Knows(cmdlet, p), $"{name}: {command} -{p}"));
            }
        }
    }

    [Theory]
    [InlineData("Register-HomeBackup.ps1", "IncludeLocalPst,MailOnFailure,SecondDestination,Drill")]
    [InlineData("Register-CompanyBackup.ps1", "CertificateThumbprint,MetricsFile,Force")]
    public void Parameters_that_are_splatted_are_looked_at_too(string name, string expected)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(s_samples, "backup", name), out _, out _);
        List<string> found = [.. script.FindAll(a => a is CommandAst, true).Cast<CommandAst>().Where(c => Own(c.GetCommandName()) is not null).SelectMany(c => Parameters(c, script))];

        Assert.All(expected.Split(','), e => Assert.Contains(e, found));
    }

    [Fact]
    public void The_unit_for_a_server_is_what_registering_writes_for_a_user()
    {
        string[] unit = File.ReadAllLines(Path.Combine(s_samples, "backup", "mailbox-backup@.service"));

        Assert.Contains("SuccessExitStatus=1", unit);
        Assert.Contains(unit, l => l.StartsWith("ExecStart=/usr/bin/pwsh ", StringComparison.Ordinal) && l.Contains("Start-NightlyBackup.ps1 %i", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(s_samples, "backup", "Start-NightlyBackup.ps1")));
        Assert.Contains("Persistent=true", File.ReadAllLines(Path.Combine(s_samples, "backup", "mailbox-backup@.timer")));
    }

    public void Dispose() => _session.Dispose();

    private static bool Knows(CommandInfo cmdlet, string parameter) =>
        cmdlet.Parameters.Values.Any(p => p.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase) || p.Aliases.Contains(parameter, StringComparer.OrdinalIgnoreCase));

    /// <summary>The parameters of a call: those that are written, and the keys of what is splatted.</summary>
    private static IEnumerable<string> Parameters(CommandAst call, ScriptBlockAst script)
    {
        HashSet<string> splatted = [.. call.CommandElements.OfType<VariableExpressionAst>().Where(v => v.Splatted).Select(v => v.VariablePath.UserPath)];
        return call.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName)
            .Concat(script.FindAll(a => a is AssignmentStatementAst, true).Cast<AssignmentStatementAst>().SelectMany(a => Keys(a, splatted)));
    }

    private static IEnumerable<string> Keys(AssignmentStatementAst assignment, HashSet<string> names) => assignment.Left switch
    {
        VariableExpressionAst variable when names.Contains(variable.VariablePath.UserPath) =>
            assignment.Right.FindAll(a => a is HashtableAst, false).Cast<HashtableAst>().Take(1).SelectMany(h => h.KeyValuePairs).Select(p => p.Item1.ToString()),
        MemberExpressionAst { Expression: VariableExpressionAst of } member when names.Contains(of.VariablePath.UserPath) => [member.Member.ToString()],
        _ => [],
    };

    private CommandInfo? Own(string? command) =>
        _session.Invoke($"Get-Command '{command?.Replace("'", "''")}' -Module PstMigration -ErrorAction Ignore").Select(c => (CommandInfo)c.BaseObject).FirstOrDefault();
}
