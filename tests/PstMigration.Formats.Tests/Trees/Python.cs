using System.Diagnostics;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Runs a script in Python, whose library reads mail; skips the test where there is none.</summary>
internal static class Python
{
    /// <summary>Runs a script of tests/Tools.</summary>
    public static string RunTool(string name, params string[] arguments) => RunFile(Path.Combine(TestData.Corpus, "..", "Tools", name), arguments);

    /// <summary>Runs a script.</summary>
    public static string Run(string script, params string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, script);
            return RunFile(file, arguments);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string RunFile(string file, string[] arguments)
    {
        ProcessStartInfo start = new("/usr/bin/env", "python3 \"" + file + "\" " + string.Join(" ", Array.ConvertAll(arguments, a => "\"" + a + "\"")))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.EnvironmentVariables["PYTHONIOENCODING"] = "utf-8";
        start.EnvironmentVariables["PYTHONUTF8"] = "1";
        start.EnvironmentVariables["PYTHONDONTWRITEBYTECODE"] = "1";
        Assert.SkipUnless(File.Exists("/usr/bin/env"), "There is no Python here.");
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode == 127, "There is no Python here.");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Replace("\r\n", "\n").TrimEnd('\n');
    }
}
