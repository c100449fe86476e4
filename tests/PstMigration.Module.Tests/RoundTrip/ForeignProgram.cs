using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.RoundTrip;

/// <summary>Programs nobody here wrote, as judges of files.</summary>
internal static class ForeignProgram
{
    private static readonly string s_lister = Path.Combine(StagedModule.Repository, "tests", "Tools", "list_pst.py");

    /// <summary>Runs a program; skips the test where it is not installed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.Result}{output}");
            return output + errors.Result;
        }
        catch (Win32Exception)
        {
            Assert.Skip(program + " is not installed.");
            return "";
        }
    }

    /// <summary>What libpff's Python binding lists; skips the test where it is not installed.</summary>
    public static IReadOnlyList<ListedItem> ListWithLibpff(string path)
    {
        string output;
        try
        {
            using Process? probe = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", "import pypff"]) { RedirectStandardError = true });
            probe!.WaitForExit();
            Assert.SkipWhen(probe.ExitCode != 0, "pypff is not installed.");
            output = Run("/usr/bin/python3", s_lister, path);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Python is not installed.");
            return [];
        }

        return [.. output.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonSerializer.Deserialize<ListedItem>(l, JsonSerializerOptions.Web)!)];
    }
}
