using System.Runtime.InteropServices;
using System.Security;
#if NET
using System.Runtime.Versioning;
#endif
using Microsoft.Win32;

namespace PstMigration.Transfer.Compat;

/// <summary>Windows' event log by its own functions: .NET has no class for it without a package.</summary>
internal static class WindowsEventLog
{
    private const string Sources = @"SYSTEM\CurrentControlSet\Services\EventLog\Application\";

    // The messages of .NET Framework, which is part of Windows: whatever the number of an event, its text is the first string.
    private const string Messages = @"%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll";

    public static bool IsAvailable => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public static bool TryRegister(string source)
    {
#if NET
        return OperatingSystem.IsWindows() && Register(source);
#else
        return IsAvailable && Register(source);
#endif
    }

    /// <returns>0, or the error of the system.</returns>
    public static int Write(string source, LogLevel level, int number, string text)
    {
        IntPtr log = RegisterEventSourceW(null, source);
        if (log == IntPtr.Zero)
        {
            return Marshal.GetLastWin32Error();
        }

        try
        {
            // EVENTLOG_ERROR_TYPE 1, EVENTLOG_WARNING_TYPE 2, EVENTLOG_INFORMATION_TYPE 4.
            ushort type = level switch { LogLevel.Error => 1, LogLevel.Warning => 2, _ => 4 };
            return ReportEventW(log, type, 0, (uint)number, IntPtr.Zero, 1, 0, [text], IntPtr.Zero) ? 0 : Marshal.GetLastWin32Error();
        }
        finally
        {
            DeregisterEventSource(log);
        }
    }

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static bool Register(string source)
    {
        try
        {
            using (RegistryKey? known = Registry.LocalMachine.OpenSubKey(Sources + source))
            {
                if (known?.GetValue("EventMessageFile") is not null)
                {
                    return true;
                }
            }

            using RegistryKey made = Registry.LocalMachine.CreateSubKey(Sources + source);
            made.SetValue("EventMessageFile", Messages, RegistryValueKind.ExpandString);
            made.SetValue("TypesSupported", 7, RegistryValueKind.DWord);
            return true;
        }
        catch (Exception e) when (e is SecurityException or UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr RegisterEventSourceW(string? server, string source);

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ReportEventW(
        IntPtr log, ushort type, ushort category, uint number, IntPtr user, ushort strings, uint dataSize, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPWStr)] string[] texts, IntPtr data);

    [DllImport("advapi32.dll", SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DeregisterEventSource(IntPtr log);
}
