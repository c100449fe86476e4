using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Test-MailboxBackup: whether a backup is recent, sound, whole, and the same at the second destination.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MailboxBackup")]
[OutputType(typeof(MailboxBackupTest))]
[OutputType(typeof(bool))]
public sealed class TestMailboxBackupCommand : BackupNameCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [BackupNameTransformation(Properties = "")]
    [ArgumentCompleter(typeof(BackupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>How old the last good backup may be; what its schedule lets it be where not given.</summary>
    [Parameter]
    [AgeTransformation]
    public Age? MaximumAge { get; set; }

    /// <summary>Restores that many items into a mailbox nobody uses, and compares them with what was saved.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Drill { get; set; }

    /// <summary>Decides which items the drill takes; another sample each time where not given.</summary>
    [Parameter]
    public int? DrillSeed { get; set; }

    /// <summary>Just true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessBackupAsync(string name, CancellationToken cancellationToken)
    {
        BackupEnds ends = await EndsAsync().ConfigureAwait(false);
        BackupPlan plan = Plans.Read(name);
        BackupStatus status = Plans.ReadStatus(name);
        MailboxBackupInfo info = new(plan, status, Plans.PathOf(name), Clock.GetUtcNow(), Clock.LocalTimeZone);
        List<string> problems = [];
        bool isRecent = MaximumAge is Age age
            ? status.LastSuccess >= age.Before(Clock.GetLocalNow())
            : !status.IsOverdue(plan.Schedule, Clock.GetUtcNow());
        if (!isRecent)
        {
            problems.Add(info.LastSuccess is DateTimeOffset last
                ? LocalText.Format(Strings.BackupNotRecent, last.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture))
                : info.LastRun is null ? Strings.BackupNeverRan : Strings.BackupNeverSaved);
        }

        BackupInspection found = await new BackupInspector(ends).InspectAsync(plan, status, cancellationToken).ConfigureAwait(false);
        problems.AddRange(found.Problems);
        MailboxBackupDrill? drill = Drill > 0 ? await DrillAsync(plan, ends, problems, cancellationToken).ConfigureAwait(false) : null;
        MailboxBackupTest test = new(plan.Name, isRecent, found, Drill > 0 ? drill is { Passed: true } : null, drill, problems, [.. info.Messages, .. Cautions(plan, ends)]);
        WriteObject(Quiet ? test.Passed : test);
    }

    /// <summary>What is true of the backup however well it was made.</summary>
    private static IEnumerable<string> Cautions(BackupPlan plan, BackupEnds ends) => ends.CanRestore(plan.Format) ? [] : [LocalText.Format(Strings.BackupNotRestorable, plan.Format)];

    /// <summary>Whatever keeps a backup from being restored is a problem of it, and no error of the test.</summary>
    private async Task<MailboxBackupDrill?> DrillAsync(BackupPlan plan, BackupEnds ends, List<string> problems, CancellationToken cancellationToken)
    {
        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityBackupDrill, plan.Name));
        try
        {
            int seed = DrillSeed ?? Guid.NewGuid().GetHashCode();
            if (await new BackupDrill(ends, Clock).RunAsync(plan, Drill, seed, cancellationToken).ConfigureAwait(false) is not BackupDrillResult result)
            {
                problems.Add(LocalText.Format(Strings.BackupDrillNoFormat, plan.Format));
                return null;
            }

            if (!result.Passed)
            {
                problems.Add(LocalText.Format(Strings.BackupDrillFailed, result.Sampled, result.Same + result.Lessened));
                problems.AddRange(result.Issues.Select(i => LocalText.Format(Strings.BackupDrillIssue, i.Folder, i.MessageClass, i.Outcome, i.Error?.Message ?? i.Differences.ToString())));
            }

            return new MailboxBackupDrill(result);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            problems.Add(LocalText.Format(Strings.BackupDrillNotRun, e.Message));
            return null;
        }
    }
}
