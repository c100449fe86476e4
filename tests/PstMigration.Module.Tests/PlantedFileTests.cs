using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What somebody put where an export keeps files of its own: it is neither written through nor waited for.</summary>
public sealed class PlantedFileTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("planted-").FullName;

    private string Tree => Path.Combine(_folder, "rehearsal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Eml", true)]
    [InlineData("Maildir", true)]
    [InlineData("Html", true)]
    [InlineData("Json", false)]
    public void A_link_in_the_place_of_the_list_of_copies_is_refused(string format, bool leadsSomewhere)
    {
        string precious = Path.Combine(_folder, "precious");
        if (leadsSomewhere)
        {
            File.WriteAllText(precious, "precious");
        }

        Directory.CreateDirectory(Tree);
        File.CreateSymbolicLink(Path.Combine(Tree, ".pstmigration-items"), precious);

        Assert.Equal("NotAFile", Export(format));
        Assert.Equal(leadsSomewhere ? "precious" : null, File.Exists(precious) ? File.ReadAllText(precious) : null);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_list_of_copies_is_told_as_one()
    {
        Directory.CreateDirectory(Path.Combine(Tree, ".pstmigration-items"));

        Assert.Equal("PathOfOtherKind", Export("Eml"));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/full")]
    public void A_device_in_the_place_of_the_index_is_no_index(string device)
    {
        Assert.SkipUnless(File.Exists(device), "Needs a device.");
        Directory.CreateDirectory(Tree);
        File.CreateSymbolicLink(Path.Combine(Tree, "index.html"), device);

        Assert.Equal("NotAFile", Export("Html"));
    }

    private string Export(string format)
    {
        using EngineSession session = StagedModule.Import();
        session.Invoke($"Export-PstItem '{s_sample}' -Destination '{_folder}' -Format {format}");
        return session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Distinct().Single();
    }
}
