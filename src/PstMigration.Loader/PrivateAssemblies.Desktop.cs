#if NETFRAMEWORK
using System.Reflection;

namespace PstMigration.Loader.V0;

/// <summary>
/// On .NET Framework, where powershell.exe has no binding redirects for us: answers a bind that failed, but only for a
/// requester in our own folder, and only with a file of that folder that is not older than what was asked for.
/// </summary>
internal sealed class PrivateAssemblies
{
    private readonly string _directory;

    private PrivateAssemblies(string directory) => _directory = directory;

    internal static Assembly Load(string path)
    {
        AppDomain.CurrentDomain.AssemblyResolve += new PrivateAssemblies(Path.GetDirectoryName(path)!).Resolve;
        Assembly assembly = Assembly.LoadFrom(path);
        return SameFolder(assembly.Location, Path.GetDirectoryName(path)!)
            ? assembly
            : throw new FileLoadException("Another copy of PstMigration is loaded in this process; start a new one. " + assembly.Location, path);
    }

    private static bool SameFolder(string file, string directory) =>
        string.Equals(Path.GetDirectoryName(file), directory, StringComparison.OrdinalIgnoreCase);

    private Assembly? Resolve(object sender, ResolveEventArgs e)
    {
        // A satellite's requester is its parent assembly; a request without one may come from anybody.
        if (e.RequestingAssembly is not { IsDynamic: false } requester || !IsOurs(requester.Location))
        {
            return null;
        }

        AssemblyName wanted = new(e.Name);
        string culture = wanted.CultureInfo?.Name ?? "";
        string file = Path.Combine(_directory, culture, wanted.Name + ".dll");
        return File.Exists(file) && AssemblyName.GetAssemblyName(file).Version >= wanted.Version ? Assembly.LoadFrom(file) : null;
    }

    private bool IsOurs(string file) =>
        file.StartsWith(_directory + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
}
#endif
