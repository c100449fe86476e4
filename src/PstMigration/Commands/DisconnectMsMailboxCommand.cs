using System.Management.Automation;

namespace PstMigration.Commands;

/// <summary>Ends connections to mailboxes.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MsMailbox")]
public sealed class DisconnectMsMailboxCommand : MailboxCommand
{
    /// <inheritdoc/>
    protected override Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        mailbox.Dispose();
        return Task.CompletedTask;
    }
}
