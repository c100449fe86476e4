#if NET
using System.Diagnostics;
using System.Globalization;
#endif

namespace PstMigration.Mapi.Compat;

/// <summary>Which processes have a file open, out of /proc of Linux.</summary>
internal static class ProcFiles
{
#if NET
    /// <summary>The processes this user may look at.</summary>
    public static IEnumerable<(string Name, int Id)> Holders(string path)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Holds(process + "/fd", path))
            {
                yield return (NameOf(id), id);
            }
        }
    }

    private static bool Holds(string descriptors, string path)
    {
        try
        {
            return Directory.EnumerateFiles(descriptors).Any(d => new FileInfo(d).LinkTarget == path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or it has ended.
            return false;
        }
    }

    private static string NameOf(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return "?";
        }
    }
#else
    /// <summary>.NET Framework runs on Windows.</summary>
    public static IEnumerable<(string Name, int Id)> Holders(string path) => [];
#endif
}
