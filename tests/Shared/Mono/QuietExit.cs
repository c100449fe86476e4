using System.Runtime.CompilerServices;

namespace PstMigration.Tests;

/// <summary>
/// Lets mono's timer thread come to rest before the process ends. On its way out mono aborts that thread, and where it is just sorting its timers, which the runner stops and disposes of as
/// its last act, a green run ends with "Failed to compare two elements in the array".
/// </summary>
internal static class QuietExit
{
    private const int Milliseconds = 200;

    [ModuleInitializer]
    internal static void Arrange() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(Milliseconds);
}
