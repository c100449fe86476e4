using System.Runtime.CompilerServices;

namespace PstMigration.Pst.Compat;

/// <summary>How methods are compiled.</summary>
internal static class Compiled
{
    /// <summary>Optimized at once, for what a process does once and a hundred thousand times over. .NET Framework does so always.</summary>
#if NETFRAMEWORK
    public const MethodImplOptions Optimized = 0;
#else
    public const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
#endif
}
