using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// How many bytes the values of one item may take that cannot be left where they are until they are wanted, such as lists. What is beyond is left out and told as
/// <see cref="LossKind.TooLarge"/>.
/// </summary>
public static class ItemMemory
{
    private const long Least = 16L * 1024 * 1024;
    private const long Most = 64L * 1024 * 1024;
    private const int Share = 256;

    /// <summary>A 256th of the machine's memory, but 16 MB at least and 64 MB at most.</summary>
    public static long Default { get; } = Math.Min(Most, Math.Max(Least, MachineMemory.Total / Share));
}
