namespace PstMigration.Mapi.Compat;

/// <summary>The memory of the machine, or of the container the process is kept in.</summary>
internal static class MachineMemory
{
    /// <summary>Bytes; of .NET Framework, which cannot tell, what a small machine has.</summary>
#if NET
    public static long Total { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
#else
    public static long Total { get; } = 4L * 1024 * 1024 * 1024;
#endif
}
