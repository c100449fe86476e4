using System.Management.Automation;
using PstMigration.Completion;
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
    [BackupNameTransformation]
    [ArgumentCompleter(typeof(BackupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>How old the last good backup may be; what its schedule lets it be where not given.</summary>
    [Parameter]
    [AgeTransformation]
    public Age? MaximumAge { get; set; }

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
        List<string> problems = [.. status.Outcome is BackupOutcome.Success ? [] : status.Messages];
        bool isRecent = MaximumAge is Age age
            ? status.LastSuccess >= age.Before(Clock.GetLocalNow())
            : !status.IsOverdue(plan.Schedule, Clock.GetUtcNow());
        if (!isRecent)
        {
            problems.Add(LocalText.Format(Strings.BackupNotRecent, info.LastSuccess?.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture) ?? "-"));
        }

        if (!plan.IsScheduled)
        {
            problems.Add(Strings.BackupNotScheduled);
        }

        BackupInspection found = new BackupInspector(ends).Inspect(plan, status, cancellationToken);
        problems.AddRange(found.Problems);
        MailboxBackupTest test = new(plan.Name, isRecent, found.IsSound, found.IsComplete, found.IsSecondEqual, found.Items, problems);
        WriteObject(Quiet ? test.Passed : test);
    }
}
