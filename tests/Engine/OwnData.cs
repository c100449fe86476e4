using System.Runtime.CompilerServices;

namespace PstMigration.Tests;

/// <summary>Cmdlets under test keep their journals in a folder of the test run, and so do the processes it starts.</summary>
internal static class OwnData
{
    [ModuleInitializer]
    internal static void Set()
    {
        string folder = Directory.CreateTempSubdirectory("pstmigration-data").FullName;
        Environment.SetEnvironmentVariable("PSTMIGRATION_DATA", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
