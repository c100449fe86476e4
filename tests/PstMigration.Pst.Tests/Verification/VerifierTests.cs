using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Verification;

/// <summary>The verifier the other tests rely on sees what is wrong.</summary>
public sealed class VerifierTests
{
    [Fact]
    public void Any_changed_byte_is_seen()
    {
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("a.pst"));
        byte[] good = File.ReadAllBytes(path);
        int used = 0x4400 + (253_952 * 3);
        for (int at = 0; at < used; at += 49_999 * TestScale.Divisor)
        {
            byte[] bad = (byte[])good.Clone();
            bad[at] ^= 0x55;
            if (IsCovered(at))
            {
                File.WriteAllBytes(path, bad);

                Assert.NotEmpty(Verify(path));
            }
        }
    }

    [Fact]
    public void A_file_cut_short_is_seen()
    {
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("a.pst"));
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 253_952);
        }

        Assert.NotEmpty(Verify(path));
    }

    // Between the header, the density list and the first region nothing is stored.
    private static bool IsCovered(int at) => at is < 528 or >= 0x4200;

    // Nothing is promised for damaged files but that they do not pass.
    private static string[] Verify(string path)
    {
        try
        {
            return [.. StructureVerifier.Verify(path)];
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or System.Collections.Generic.KeyNotFoundException)
        {
            return [e.Message];
        }
    }
}
