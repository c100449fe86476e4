using System.Management.Automation;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Test-PstFile: whether data files keep the rules of their format.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PstFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTestResult))]
[OutputType(typeof(bool))]
public sealed class TestPstFileCommand : PathCommand
{
    /// <summary>Header, B-trees and allocation maps only.</summary>
    [Parameter]
    public SwitchParameter Quick { get; set; }

    /// <summary>Also the rules that only this module's own files have to keep.</summary>
    [Parameter]
    public SwitchParameter OwnWriter { get; set; }

    /// <summary>Just true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityTest, path));
        PstCheckReport report = new PstChecker(Clock).CheckAll(
            path, new PstCheckOptions { Quick = Quick, OwnWriter = OwnWriter }, new ProgressLine(progress), cancellationToken);
        WriteObject(Quiet ? report.IsValid : new PstTestResult(report));
        return Task.CompletedTask;
    }

    /// <summary>Shows the phase; <see cref="Progress{T}"/> would tell late and from other threads.</summary>
    private sealed class ProgressLine(CommandProgress progress) : IProgress<PstCheckProgress>
    {
        private static readonly Dictionary<PstCheckPhase, Func<string>> s_phases = new()
        {
            [PstCheckPhase.Trees] = () => Strings.PhaseTrees,
            [PstCheckPhase.Maps] = () => Strings.PhaseMaps,
            [PstCheckPhase.Blocks] = () => Strings.PhaseBlocks,
            [PstCheckPhase.Nodes] = () => Strings.PhaseNodes,
        };

        public void Report(PstCheckProgress value) =>
            progress.Report(s_phases[value.Phase](), value.Total > 0 ? (double)value.Done / value.Total : null);
    }
}
