using System.Runtime.InteropServices;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>
/// Makes the native SQLite beside this assembly the one that is used. By full path, because a PowerShell host looks for
/// native libraries beside itself, and other modules bring SQLites of their own. On .NET it is bound to the provider of this load
/// context alone.
/// </summary>
internal static class SqliteLibrary
{
    private const string Name = "e_sqlite3";
    private static readonly Lazy<bool> s_ready = new(Load);

    /// <summary>Loads it once.</summary>
    /// <exception cref="StorageException">SqliteMissing.</exception>
    public static void Ensure() => _ = s_ready.Value;

    /// <summary>What the system said to the last call of SQLite's that failed on a connection: an errno, or on Windows a code of GetLastError; 0 where that cannot be asked.</summary>
    public static int SystemErrorOf(sqlite3 connection)
    {
        try
        {
            return SqliteMethods.SystemError(connection.DangerousGetHandle());
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    private static string FilePath
    {
        get
        {
            string system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win"
                : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux";
            string architecture = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X86 => "x86",
                Architecture.Arm64 => "arm64",
                _ => "x64",
            };
            string file = system switch
            {
                "win" => Name + ".dll",
                "osx" => "lib" + Name + ".dylib",
                _ => "lib" + Name + ".so",
            };
            string folder = Path.GetDirectoryName(typeof(SqliteLibrary).Assembly.Location) ?? "";
            return Path.Combine(folder, "runtimes", system + "-" + architecture, "native", file);
        }
    }

    /// <summary>What the provider has no call for.</summary>
    private static class SqliteMethods
    {
        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true, EntryPoint = "sqlite3_system_errno")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int SystemError(IntPtr connection);
    }

#if NETFRAMEWORK
    private static bool Load()
    {
        string path = FilePath;

        // Once loaded by full path, the provider's import by name finds it: on Windows, and under mono, where the tests of this half run.
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            if (NativeMethods.LoadLibrary(path) == IntPtr.Zero)
            {
                throw StorageException.NoLibrary(path, Marshal.GetExceptionForHR(Marshal.GetHRForLastWin32Error()));
            }
        }
        else if (NativeMethods.Open(path, NativeMethods.Now) == IntPtr.Zero)
        {
            throw StorageException.NoLibrary(path, null);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static class NativeMethods
    {
        /// <summary>RTLD_NOW.</summary>
        internal const int Now = 2;

        [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true, EntryPoint = "LoadLibraryW")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        internal static extern IntPtr LoadLibrary(string path);

        [DllImport("libdl.so.2", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, EntryPoint = "dlopen")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern IntPtr Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);
    }
#else
    private static bool Load()
    {
        string path = FilePath;
        IntPtr library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw StorageException.NoLibrary(path, e);
        }

        IntPtr Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? search) => name == Name ? library : IntPtr.Zero;
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }
#endif
}
