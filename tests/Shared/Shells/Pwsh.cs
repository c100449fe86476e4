namespace PstMigration.Tests;

/// <summary>A PowerShell installed on this machine, for scripts that are run as people run them.</summary>
internal static class Pwsh
{
    /// <summary>Its path: that of PSTMIGRATION_PWSH, else the first in PATH; null where there is none.</summary>
    public static string? Path { get; } = new[] { Environment.GetEnvironmentVariable("PSTMIGRATION_PWSH") }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(d => new[] { System.IO.Path.Combine(d, "pwsh"), System.IO.Path.Combine(d, "pwsh.exe") }))
        .FirstOrDefault(File.Exists);

    /// <summary>What a test says that needs one and is skipped.</summary>
    public const string Missing = "No PowerShell is installed.";
}
