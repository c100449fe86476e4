using System.Management.Automation;
using PstMigration.Completion;

namespace PstMigration.Commands;

/// <summary>Get-MailboxBackup: which backups there are, and how they are.</summary>
[Cmdlet(VerbsCommon.Get, "MailboxBackup")]
[OutputType(typeof(MailboxBackupInfo))]
public sealed class GetMailboxBackupCommand : BackupNameCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [BackupNameTransformation(Properties = "")]
    [ArgumentCompleter(typeof(BackupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessBackupAsync(string name, CancellationToken cancellationToken)
    {
        WriteObject(new MailboxBackupInfo(Plans.Read(name), Plans.ReadStatus(name), Plans.PathOf(name), Clock.GetUtcNow(), Clock.LocalTimeZone));
        return Task.CompletedTask;
    }
}
