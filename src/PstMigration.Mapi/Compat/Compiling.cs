using System.Runtime.CompilerServices;

namespace PstMigration.Mapi.Compat;

/// <summary>How methods are compiled.</summary>
internal static class Compiling
{
    /// <summary>
    /// With optimization at once (MethodImplOptions.AggressiveOptimization), for loops over the characters of a body. .NET compiles without
    /// at first: some hundred mails would be done before the better code comes. .NET Framework knows no other way and passes it over.
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
