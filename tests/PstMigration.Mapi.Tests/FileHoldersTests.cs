using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mapi.Tests;

public sealed class FileHoldersTests
{
    [Fact]
    public void Who_has_a_file_open_is_named_where_the_system_tells()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.Empty(FileHolders.Of(path));
            using (File.Open(path, FileMode.Open))
            {
                IReadOnlyList<string> holders = FileHolders.Of(path);
                using Process self = Process.GetCurrentProcess();
                string[] expected = ["(" + self.Id.ToString(CultureInfo.InvariantCulture) + ")"];
                Assert.Equal(Tells ? expected : [], holders.Select(h => h.Substring(h.LastIndexOf('('))));
            }

            Assert.Empty(FileHolders.Of(path + ".none"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Mono on Linux runs what is built for Windows.
    private static bool Tells => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        || (RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && Type.GetType("Mono.Runtime") is null);
}
