using System.Text.RegularExpressions;
using PstMigration.Pst.Tests.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Absent is not wrong: what other writers leave out is no error, and what hides items is one.</summary>
public sealed class AbsenceTests
{
    public static TheoryData<string> Names => [.. Absence.All.Select(a => a.Name)];

    public static TheoryData<string> Harmless =>
        [.. Absence.All.Where(a => Array.TrueForAll(a.Rules, r => r.Severity != PstFindingSeverity.Error)).Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_absent_is_called_that(string name)
    {
        Absence absence = Find(name, out PstPatch patch);

        PstCheckReport report = MutationTests.Check(patch, own: false);

        string[] found = [.. report.Findings.Select(f => f.RuleId).Distinct().OrderBy(i => i, StringComparer.Ordinal)];
        Assert.True(
            found.SequenceEqual(absence.Rules.Select(r => r.Id).OrderBy(i => i, StringComparer.Ordinal)),
            string.Join("\n", report.Findings.Select(f => f.ToString())));
    }

    /// <summary>The judge of severities: a reader nobody here wrote finds as many items as before.</summary>
    [Theory]
    [MemberData(nameof(Harmless))]
    public void What_is_no_error_costs_another_reader_no_item(string name)
    {
        Find(name, out PstPatch patch);

        Assert.Equal(Count(CheckFiles.Small()), Count(patch));
    }

    private static Absence Find(string name, out PstPatch patch)
    {
        Absence absence = Absence.All.Single(a => a.Name == name);
        patch = CheckFiles.Small();
        absence.Apply(patch);
        return absence;
    }

    private static int Count(PstPatch patch)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.pst"), patch.Bytes);
        using ForeignProgram program = ForeignProgram.Pffexport(folder.File("x.pst"));
        return Directory.EnumerateDirectories(program.Exported, "*", SearchOption.AllDirectories)
            .Count(d => Regex.IsMatch(Path.GetFileName(d), @"^Message\d{5}$"));
    }
}
