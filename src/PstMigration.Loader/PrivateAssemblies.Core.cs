#if NET
using System.Reflection;
using System.Runtime.Loader;

namespace PstMigration.Loader.V0;

/// <summary>
/// On .NET: a load context of the module's own. It answers for every assembly, satellite and native library that
/// PstMigration.deps.json names, before the default context is asked; a context that only fills gaps would still bind to
/// whatever another module brought. What the file does not name (the engine, the framework) comes from the host.
/// </summary>
internal sealed class PrivateAssemblies : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    private PrivateAssemblies(string path)
        : base("PstMigration", isCollectible: false) => _resolver = new AssemblyDependencyResolver(path);

    internal static Assembly Load(string path) => new PrivateAssemblies(path).LoadFromAssemblyPath(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is string path ? LoadFromAssemblyPath(path) : null;

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is string path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
#endif
