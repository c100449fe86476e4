using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Data files that are not as they should be, added to by cmdlets.</summary>
public sealed class DamagedTargetTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("damaged-pst-").FullName;

    private string Target => Path.Combine(_folder, "target.pst");

    [Fact]
    public void A_file_whose_reference_counts_are_wrong_is_refused_and_untouched()
    {
        byte[] before = File.ReadAllBytes(TestData.Path("attack/lowref.pst"));
        File.WriteAllBytes(Target, before);
        using EngineSession session = StagedModule.Import();
        int items = session.InvokeClean($"Get-PstItem '{Target}'").Count;

        session.Invoke($"Import-PstItem '{s_sample}' -Destination '{Target}'");
        Assert.StartsWith("PstNeedsRepair,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Equal(items, session.InvokeClean($"Get-PstItem '{Target}'").Count);
    }

    [Fact]
    public void Room_a_killed_import_left_is_a_warning_and_trimmed_by_the_next()
    {
        File.WriteAllBytes(Target, [.. File.ReadAllBytes(s_sample), .. new byte[0x3E000]]);
        using EngineSession session = StagedModule.Import();
        PSObject result = session.InvokeClean($"Test-PstFile '{Target}'").Single();
        Assert.Equal(true, result.Properties["IsValid"].Value);
        Assert.Equal("NDB-12b", session.InvokeClean($"(Test-PstFile '{Target}').Findings.RuleId").Single().ToString());

        session.InvokeClean($"Import-PstItem '{Mail()}' -Destination '{Target}'");
        Assert.Empty(session.InvokeClean($"(Test-PstFile '{Target}' -OwnWriter).Findings"));
    }

    [Fact]
    public void What_was_appended_by_somebody_else_is_an_error_and_kept()
    {
        byte[] before = [.. File.ReadAllBytes(s_sample), .. "something else"u8];
        File.WriteAllBytes(Target, before);
        using EngineSession session = StagedModule.Import();
        Assert.Equal("NDB-12c", session.InvokeClean($"(Test-PstFile '{Target}').Findings.RuleId").Single().ToString());
        session.Invoke($"Import-PstItem '{Mail()}' -Destination '{Target}'");
        Assert.StartsWith("PstNeedsRepair,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Target));
    }

    private string Mail()
    {
        string path = Path.Combine(_folder, "mail.eml");
        File.WriteAllText(path, "From: a@example.com\r\nSubject: one\r\n\r\ntext\r\n");
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
