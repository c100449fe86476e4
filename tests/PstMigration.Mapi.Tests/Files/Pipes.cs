#if NET
using System.Diagnostics;
using Xunit;

namespace PstMigration.Mapi.Tests.Files;

/// <summary>Named pipes, which .NET cannot make on Unix.</summary>
internal static class Pipes
{
    /// <summary>Makes one; skips the test where that cannot be.</summary>
    public static void Make(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has its pipes elsewhere.");
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
#endif
