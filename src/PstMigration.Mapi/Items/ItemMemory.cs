using System.Globalization;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// How many bytes the values of one item may take that cannot be left where they are until they are wanted, such as lists. What is beyond is left out and told as
/// <see cref="LossKind.TooLarge"/>.
/// </summary>
public static class ItemMemory
{
    /// <summary>The environment variable that says it otherwise, in megabytes: a whole number from 1 on.</summary>
    public const string Variable = "PSTMIGRATION_ITEM_MEMORY";

    private const long Megabyte = 1024L * 1024;
    private const long Least = 16 * Megabyte;
    private const long Most = 64 * Megabyte;
    private const int Share = 256;

    /// <summary>What <see cref="Variable"/> says; else a 256th of the machine's memory, but 16 MB at least and 64 MB at most.</summary>
    public static long Default =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0
            ? given * Megabyte
            : Math.Min(Most, Math.Max(Least, MachineMemory.Total / Share));
}
