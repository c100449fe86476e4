using System.Globalization;
using System.Runtime.InteropServices;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>Which programs have a file open, where the system tells: the Restart Manager of Windows, /proc of Linux. What belongs to other users may not be shown.</summary>
public static class FileHolders
{
    private const int MostNamed = 4;

    /// <summary>The programs, each with its process id; none where nobody has it or nothing is told. Never an error.</summary>
    /// <param name="path">A full path.</param>
    public static IReadOnlyList<string> Of(string path)
    {
        try
        {
            IEnumerable<(string Name, int Id)> found = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? RestartManager.Holders(path)
                : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? ProcFiles.Holders(path)
                : [];
            return [.. found.Take(MostNamed).Select(p => p.Name + " (" + p.Id.ToString(CultureInfo.InvariantCulture) + ")")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}
