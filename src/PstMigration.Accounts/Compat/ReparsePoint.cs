using System.Runtime.InteropServices;

namespace PstMigration.Accounts.Compat;

/// <summary>
/// Tells links from other reparse points. On Windows a folder that OneDrive keeps is a reparse point too, and must be searched;
/// .NET Framework shows only that it is one, so the tag is asked of the system.
/// </summary>
internal static class ReparsePoint
{
    // Set in the tags of symbolic links and junctions: the name stands for another.
    private const uint NameSurrogate = 0x2000_0000;
    private static readonly IntPtr s_invalidHandle = new(-1);

    /// <summary>Whether a reparse point stands for something elsewhere. Elsewhere than on Windows every one does.</summary>
    public static bool IsLink(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return true;
        }

        IntPtr handle = FindFirstFile(path, out FindData data);
        if (handle == s_invalidHandle)
        {
            // Not to be entered when nobody can say where it leads.
            return true;
        }

        _ = FindClose(handle);
        return (data.ReparseTag & NameSurrogate) != 0;
    }

    [DllImport("kernel32.dll", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr FindFirstFile(string path, out FindData data);

    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr handle);

    // WIN32_FIND_DATAW: attributes 4, three times of 8, size 8, reserved 4 (the tag) and 4, names of 260 and 14 characters.
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct FindData
    {
        public uint Attributes;
        public uint CreatedLow;
        public uint CreatedHigh;
        public uint AccessedLow;
        public uint AccessedHigh;
        public uint WrittenLow;
        public uint WrittenHigh;
        public uint SizeHigh;
        public uint SizeLow;
        public uint ReparseTag;
        public uint Reserved;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        public string Name;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        public string ShortName;
    }
}
