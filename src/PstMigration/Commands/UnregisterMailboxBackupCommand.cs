using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Unregister-MailboxBackup: takes a backup out of the scheduler and removes its plan. What it has saved stays, unless that is asked for as well.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "MailboxBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class UnregisterMailboxBackupCommand : BackupNameCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [BackupNameTransformation(Properties = "")]
    [ArgumentCompleter(typeof(BackupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>Deletes what was saved too.</summary>
    [Parameter]
    public SwitchParameter RemoveData { get; set; }

    /// <summary>Does not ask before data is deleted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessBackupAsync(string name, CancellationToken cancellationToken)
    {
        // A plan that cannot be read, or that others may have changed, is taken away all the same; what it says is not followed.
        BackupPlan? plan = Read(name);
        if (!Plans.Contains(name))
        {
            return;
        }

        if (RemoveData && plan is null)
        {
            WriteWarning(LocalText.Format(Strings.BackupDataUnknown, name));
        }

        BackupPlan? removed = RemoveData ? plan : null;
        IReadOnlyList<string> saved = removed is null ? [] : [.. BackupSaved.Of(removed, await EndsAsync().ConfigureAwait(false)).Select(s => LocalText.Format(Strings.BackupSavedFiles, s.Folder, s.Files, s.Bytes))];
        string action = removed is null ? Strings.ActionUnregisterBackup : Strings.ActionUnregisterBackupData;
        if (!await OnPipelineAsync(() => saved.Count == 0 ? ShouldProcess(name, action) : ShouldProcess(name, action, saved)).ConfigureAwait(false))
        {
            return;
        }

        if (removed is not null
            && (Force || await ShouldContinueAsync(LocalText.Format(Strings.BackupRemoveData, string.Join("; ", saved)), Strings.ActionUnregisterBackup).ConfigureAwait(false)))
        {
            // First, for where it runs, or a file cannot be removed, everything else stays as well.
            foreach (string left in BackupRun.RemoveData(Plans, removed, await EndsAsync().ConfigureAwait(false)))
            {
                WriteWarning(left);
            }
        }

        if (plan is not null && Enum.TryParse(plan.Scheduler, out BackupScheduler scheduler))
        {
            await new BackupRegistrar(this, WriteWarning).RemoveAsync(BackupRegistration.Of(scheduler, plan, new BackupCommand("", "", plan.Name, null), Clock.GetLocalNow()), scheduler, plan.Name)
                .ConfigureAwait(false);
        }

        Plans.Remove(name);
    }

    private BackupPlan? Read(string name)
    {
        try
        {
            return Plans.Read(name);
        }
        catch (MailDataException e) when (e.Error == BackupErrorIds.BackupPlanInvalid || e.Error == BackupErrorIds.BackupPlanNotSafe)
        {
            WriteWarning(e.Message);
            return null;
        }
    }
}
