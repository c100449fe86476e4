using System.Runtime.InteropServices;

namespace PstMigration.Mapi.Compat;

/// <summary>Asks the Restart Manager of Windows which programs have a file open.</summary>
internal static class RestartManager
{
    private const int KeyLength = 33;
    private const int MoreData = 234;
    private const int Most = 64;

    /// <summary>The programs; none where it does not tell.</summary>
    public static IEnumerable<(string Name, int Id)> Holders(string path)
    {
        if (NativeMethods.RmStartSession(out uint session, 0, new char[KeyLength]) != 0)
        {
            return [];
        }

        try
        {
            uint count = Most;
            uint reasons = 0;
            ProcessInfo[] found = new ProcessInfo[Most];
            int result = NativeMethods.RmRegisterResources(session, 1, [path], 0, null, 0, null);
            result = result == 0 ? NativeMethods.RmGetList(session, out _, ref count, found, ref reasons) : result;
            return result is 0 or MoreData ? [.. found.Take((int)count).Select(p => (p.Name, p.Id))] : [];
        }
        finally
        {
            _ = NativeMethods.RmEndSession(session);
        }
    }

    // RM_PROCESS_INFO: RM_UNIQUE_PROCESS (id, FILETIME), names of 256 and 64 characters, type, status, session, whether it can be restarted.
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct ProcessInfo
    {
        public int Id;
        public uint StartedLow;
        public uint StartedHigh;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 256)]
        public string Name;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 64)]
        public string ServiceName;

        public int Type;
        public uint Status;
        public uint Session;
        public int IsRestartable;
    }

    private static class NativeMethods
    {
        [DllImport("rstrtmgr.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RmStartSession(out uint session, int flags, [Out] char[] key);

        [DllImport("rstrtmgr.dll", CharSet = CharSet.Unicode, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RmRegisterResources(uint session, uint files, string[] names, uint applications, IntPtr[]? processes, uint services, string[]? serviceNames);

        [DllImport("rstrtmgr.dll", ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RmGetList(uint session, out uint needed, ref uint count, [In, Out] ProcessInfo[] found, ref uint reasons);

        [DllImport("rstrtmgr.dll", ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RmEndSession(uint session);
    }
}
