using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using PstMigration.Shell;
using PstMigration.Tests;

namespace PstMigration.Module.Tests;

/// <summary>The module as it was staged, and ways to run it.</summary>
internal static class StagedModule
{
    /// <summary>The folder of the manifest.</summary>
    public static string Root { get; } = Metadata("StageRoot");

    /// <summary>The checkout.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The version of the build.</summary>
    public static string Version { get; } = Metadata("VersionPrefix");

    /// <summary>The manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "PstMigration.psd1");

    /// <summary>The folder of assemblies for a framework that ships.</summary>
    public static string Bin(string framework) => Path.Combine(Root, "bin", framework);

    /// <summary>A session with the module imported.</summary>
    public static EngineSession Import(int width = 120, params string[] answers)
    {
        EngineSession session = new(width, answers);
        session.InvokeClean($"Import-Module '{Manifest}'");
        return session;
    }

    /// <summary>The exported cmdlets.</summary>
    public static IReadOnlyList<CmdletInfo> Cmdlets()
    {
        using EngineSession session = Import();
        return [.. session.InvokeClean("Get-Command -Module PstMigration").Select(o => o.BaseObject).OfType<CmdletInfo>().OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>Runs the shell in a process of its own.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="longestFile">How long a file it writes may become, in units of 512 bytes; null for no limit.</param>
    public static (int Code, string Output, string Errors) RunShell(IEnumerable<string> arguments, string input = "", int? longestFile = null)
    {
        ProcessStartInfo start = new(longestFile is null ? "dotnet" : "sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        if (longestFile is not null)
        {
            // With the signal ignored, it is an error as that of a file system is. Mapping code twice, .NET would make a larger file itself.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            foreach (string argument in (string[])["-c", $"trap \"\" XFSZ; ulimit -f {longestFile}; exec dotnet \"$@\"", "sh"])
            {
                start.ArgumentList.Add(argument);
            }
        }

        start.ArgumentList.Add(typeof(ShellSession).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), errors.Result.ReplaceLineEndings("\n"));
    }

    private static string Metadata(string key) =>
        typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
