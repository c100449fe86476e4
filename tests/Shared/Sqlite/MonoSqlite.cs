#if NETFRAMEWORK
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PstMigration.Tests;

/// <summary>Mono finds the library by name only when something loaded it before; .NET Framework does that itself on Windows.</summary>
internal static class MonoSqlite
{
    private const int Now = 2;

    /// <summary>Loads it.</summary>
    [ModuleInitializer]
    internal static void Load()
    {
        if (Environment.OSVersion.Platform == PlatformID.Unix)
        {
            string rid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
            // Mono does not know its base directory yet when a module is loaded.
            dlopen(Path.Combine(Path.GetDirectoryName(typeof(MonoSqlite).Assembly.Location)!, "runtimes", rid, "native", "libe_sqlite3.so"), Now);
        }
    }

    [DllImport("libdl.so.2", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr dlopen([MarshalAs(UnmanagedType.LPStr)] string path, int flags);
}
#endif
