using System.Reflection;

namespace PstMigration.Loader.V0;

/// <summary>
/// The only assembly of the module that other modules can see. It loads the rest so that neither its versions of common
/// libraries reach them nor theirs reach it.
/// </summary>
public static class ModuleLoader
{
    private static readonly Dictionary<string, Assembly> s_loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads the cmdlets, once per process and folder.</summary>
    /// <param name="directory">The folder with PstMigration.dll and everything it needs.</param>
    /// <returns>The assembly to give to <c>Import-Module -Assembly</c>.</returns>
    /// <exception cref="FileNotFoundException">The folder has no PstMigration.dll.</exception>
    /// <exception cref="FileLoadException">.NET Framework holds the cmdlets of another folder already.</exception>
    public static Assembly Load(string directory)
    {
        string path = Path.Combine(Path.GetFullPath(directory), "PstMigration.dll");
        lock (s_loaded)
        {
            if (!s_loaded.TryGetValue(path, out Assembly? assembly))
            {
                assembly = PrivateAssemblies.Load(path);
                s_loaded.Add(path, assembly);
            }

            return assembly;
        }
    }
}
