using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Start-MailboxBackup: runs a backup now, asking nobody. What a scheduler starts.</summary>
[Cmdlet(VerbsLifecycle.Start, "MailboxBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MailboxBackupResult))]
public sealed class StartMailboxBackupCommand : BackupNameCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [BackupNameTransformation(Properties = "")]
    [ArgumentCompleter(typeof(BackupCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[] Name { get; set; } = [];

    /// <summary>Only proves that it could run.</summary>
    [Parameter]
    public SwitchParameter ValidateOnly { get; set; }

    /// <summary>Takes a suspicious change of the mailbox for what was meant.</summary>
    [Parameter]
    public SwitchParameter AcceptChange { get; set; }

    /// <summary>The file a log is kept in, in place of the plan's.</summary>
    [Parameter]
    [Alias("LogFile")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessBackupAsync(string name, CancellationToken cancellationToken)
    {
        if (!ValidateOnly && !await ShouldProcessAsync(name, Strings.ActionBackup).ConfigureAwait(false))
        {
            return;
        }

        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityBackup, name));
        BackupRun? run = null;
        CommandStreams streams = Streams with
        {
            Warning = text => Say(LogLevel.Warning, text, WriteWarning),
            Verbose = text => Say(LogLevel.Information, text, WriteVerbose),
        };
        run = new BackupRun(Plans, await EndsAsync(streams).ConfigureAwait(false), Clock)
        {
            LogPath = LogPath is null ? null : await OnPipelineAsync(() => FileSystemPaths.Full(this, LogPath)).ConfigureAwait(false),
            ValidateOnly = ValidateOnly,
            AcceptChange = AcceptChange,
            Observer = new TransferObserver(streams, progress, passThru: false, passFiles: false),
            Journals = new TransferJournals(null, new JournalOptions { Tell = streams.Verbose, Time = Clock }),
        };
        BackupResult result = await run.RunAsync(name, cancellationToken).ConfigureAwait(false);
        foreach (string message in result.Messages.Skip(result.Error is null ? 0 : 1))
        {
            WriteWarning(LocalText.Format(Strings.BackupSays, result.Name, message));
        }

        // The result comes first: a job ends with its exit code, whatever happens to the error.
        WriteObject(new MailboxBackupResult(result));
        if (result.Error is MailDataException error)
        {
            WriteError(ErrorRecords.From(error, name, BackupAdvice.Of(error.Error, name)));
        }

        void Say(LogLevel level, string text, Action<string> say)
        {
            run?.Note(level, text);
            say(text);
        }
    }
}
