using System.Diagnostics;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Runs the programs of others that read .pst files.</summary>
internal static class ForeignReader
{
    private static readonly string? s_javaLibPst = Environment.GetEnvironmentVariable("PSTMIGRATION_JAVALIBPST");

    /// <summary>Skips the test where the program is not installed.</summary>
    public static string Find(string name)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(d => d.Length > 0)
            .Select(d => Path.Combine(d, name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, name + " is not installed.");
        return path!;
    }

    /// <summary>The program that lists items with java-libpst; skips the test where none is named.</summary>
    public static string JavaLibPst()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(s_javaLibPst), "PSTMIGRATION_JAVALIBPST names no program that lists items with java-libpst.");
        return s_javaLibPst!;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to both outputs.</returns>
    public static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, string.Join(" ", arguments.Select(a => "\"" + a + "\"")))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), program + " does not end.");
        return (process.ExitCode, output, errors.Result);
    }
}
