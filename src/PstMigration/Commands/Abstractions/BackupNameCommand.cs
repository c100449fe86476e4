using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets about backups that are registered.</summary>
public abstract class BackupNameCommand : AsyncCommand
{
    /// <summary>The folder of plans, in place of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanFolder { get; set; }

    /// <summary>The names of backups; wildcards are taken.</summary>
    public abstract string[] Name { get; set; }

    /// <summary>Where plans are. Set before the first is processed.</summary>
    private protected BackupPlans Plans { get; private set; } = null!;

    /// <summary>Processes one backup.</summary>
    /// <param name="name">Its name; there may be no such backup.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    protected abstract Task ProcessBackupAsync(string name, CancellationToken cancellationToken);

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Given.IsNotTaken(Name) ? InputErrors.NotTaken(this, Strings.TakesBackups) : null;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        Plans = new BackupPlans(PlanFolder is null ? null : await OnPipelineAsync(() => FileSystemPaths.Full(this, PlanFolder)).ConfigureAwait(false));

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string name in Name.Length == 0 ? Plans.List() : [.. Name.SelectMany(Matching)])
        {
            try
            {
                await ProcessBackupAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, name));
            }
        }
    }

    /// <summary>What a run of the backup uses.</summary>
    private protected Task<BackupEnds> EndsAsync() => EndsAsync(Streams);

    /// <summary>The same, which tells others than the cmdlet's own streams.</summary>
    private protected async Task<BackupEnds> EndsAsync(CommandStreams streams)
    {
        MailboxRegistry registry = await OnPipelineAsync(() => MailboxRegistry.Of(this)).ConfigureAwait(false);
        return new BackupEnds(c => BackupConnections.Find(registry, c), new LiveConnector(streams), new ShadowCopies(this), WriteDebug, Clock)
        {
            WatchWaits = m => new MailboxWaits(m.Connection, streams),
        };
    }

    private IReadOnlyList<string> Matching(string name)
    {
        if (!Mapi.Wildcard.IsPattern(name))
        {
            return [name];
        }

        string[] found = [.. Plans.List().Where(n => Mapi.Wildcard.IsMatch(n, name))];
        if (found.Length == 0)
        {
            WriteWarning(LocalText.Format(Strings.NothingMatches, name));
        }

        return found;
    }
}
