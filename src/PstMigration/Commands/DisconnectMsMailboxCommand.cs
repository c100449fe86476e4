using System.Management.Automation;

namespace PstMigration.Commands;

/// <summary>Ends connections to mailboxes.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MsMailbox")]
public sealed class DisconnectMsMailboxCommand : MailboxCommand
{
    /// <summary>Removes the sign-in from what is kept on this computer, too.</summary>
    [Parameter]
    public SwitchParameter Forget { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        try
        {
            if (Forget)
            {
                await mailbox.ForgetAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            mailbox.Dispose();
        }
    }
}
