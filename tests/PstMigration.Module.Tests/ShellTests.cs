using System.Diagnostics;
using PstMigration.Shell;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ShellTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");

    public void Dispose() => _folder.Delete(recursive: true);

    // The codes are those of pwsh 7.6.
    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("'fine'", 0)]
    [InlineData("Get-Nothing; 'after'", 0)]
    [InlineData("$global:LASTEXITCODE = 5", 0)]
    [InlineData("try { exit 4 } finally { 'cleanup' }", 4)]
    [InlineData("if (", 1)]
    public void A_script_ends_with_its_code(string script, int code) =>
        Assert.Equal(code, StagedModule.RunShell(["-NoProfile", "-File", Script(script)]).Code);

    [Theory]
    [InlineData("'x'", 0)]
    [InlineData("Get-Nothing; 'x'", 0)]
    [InlineData("'x'; Get-Nothing", 1)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'bad'", 1)]
    public void Commands_end_with_the_success_of_the_last(string command, int code) => Assert.Equal(code, StagedModule.RunShell(["-Command", command]).Code);

    [Theory]
    [InlineData(new[] { "-Name", "x", "-Flag", "-N", "3", "r1", "r2" }, "x True 3 r1,r2")]
    [InlineData(new[] { "-Name:y", "-Flag:$false" }, "y False 1 ")]
    [InlineData(new[] { "pos", "4" }, "pos False 4 ")]
    [InlineData(new[] { "日本語", "-Flag" }, "日本語 True 1 ")]
    public void Arguments_reach_a_script_as_from_pwsh(string[] arguments, string expected)
    {
        string script = Script("param([string]$Name, [int]$N = 1, [switch]$Flag, [Parameter(ValueFromRemainingArguments)][string[]]$Rest) \"$Name $Flag $N $($Rest -join ',')\"");

        Assert.Equal((0, expected + "\n", ""), StagedModule.RunShell(["-File", script, .. arguments]));
    }

    [Fact]
    public void A_command_line_it_does_not_know_is_refused()
    {
        Assert.Equal(64, StagedModule.RunShell(["-Bogus"]).Code);
        Assert.Equal(64, StagedModule.RunShell([]).Code);
        Assert.Equal(64, StagedModule.RunShell(["-File", "nowhere.ps1"]).Code);
        (int code, string output, _) = StagedModule.RunShell(["-Help"]);
        Assert.Equal(0, code);
        Assert.Contains("-File", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_come_from_standard_input_and_errors_go_to_standard_error()
    {
        (int code, string output, string errors) = StagedModule.RunShell(["-Command", "-"], "'受信トレイ'; Get-Nothing; Write-Host 'a','b' -Separator ';'");

        Assert.Equal((0, "受信トレイ\na;b\n"), (code, output));
        Assert.Contains("Get-Nothing", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_are_answered_from_standard_input_or_are_errors()
    {
        string script = Script("[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([Parameter(Mandatory)][string]$Name) if ($PSCmdlet.ShouldProcess($Name)) { \"did $Name\" }");

        Assert.Contains("did me", StagedModule.RunShell(["-File", script], "me\ny\n").Output, StringComparison.Ordinal);
        (int code, string output, _) = StagedModule.RunShell(["-File", script, "-Name", "me"], "n\n");
        Assert.Equal(0, code);
        Assert.DoesNotContain("did", output, StringComparison.Ordinal);
        foreach (string[] unanswered in new[] { new[] { "-NonInteractive", "-File", script, "-Name", "me" }, ["-File", script, "-Name", "me"] })
        {
            (_, output, string errors) = StagedModule.RunShell(unanswered, unanswered[0] == "-NonInteractive" ? "y\n" : "");
            Assert.DoesNotContain("did", output, StringComparison.Ordinal);
            Assert.Contains("ShouldProcess", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tables_and_lists_are_shown()
    {
        (_, string output, _) = StagedModule.RunShell(
            ["-Command", "[pscustomobject]@{ A = 1; B = 'x' } | Format-Table; [pscustomobject]@{ A = 1; B = 'x' } | Format-List; Write-Output 1, 2"]);

        Assert.Equal("\nA B\n- -\n1 x\n\n\nA : 1\nB : x\n\n1\n2\n", output);
    }

    [Fact]
    public async Task Interrupting_it_stops_the_pipeline_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no way to send Ctrl+C to another process alone.");
        ProcessStartInfo start = new("dotnet", [typeof(ShellSession).Assembly.Location, "-Command", "try { 'begun'; while ($true) { } } finally { [Console]::Out.WriteLine('ended') }"])
        {
            RedirectStandardOutput = true,
        };
        using Process shell = Process.Start(start)!;
        Assert.Equal("begun", await shell.StandardOutput.ReadLineAsync());
        using (Process kill = Process.Start("kill", ["-INT", shell.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        string rest = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal((130, "ended"), (shell.ExitCode, rest.Trim()));
    }

    private string Script(string text)
    {
        string path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
