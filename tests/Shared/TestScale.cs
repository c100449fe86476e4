namespace PstMigration.Tests;

/// <summary>How much a random or exhaustive test does: all of it on .NET; a third on .NET Framework, whose runtime is slower and whose code differs in Compat alone.</summary>
internal static class TestScale
{
    /// <summary>By what the steps are divided.</summary>
#if NETFRAMEWORK
    public const int Divisor = 3;
#else
    public const int Divisor = 1;
#endif

    /// <summary>How many of so many steps to do.</summary>
    public static int Of(int steps) => steps / Divisor;
}
