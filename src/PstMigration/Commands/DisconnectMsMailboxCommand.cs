using System.Management.Automation;
using PstMigration.Mailboxes;

namespace PstMigration.Commands;

/// <summary>Ends connections to mailboxes.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MsMailbox")]
public sealed class DisconnectMsMailboxCommand : MailboxCommand
{
    /// <summary>Removes the sign-in from what is kept on this computer, too.</summary>
    [Parameter]
    public SwitchParameter Forget { get; set; }

    /// <summary>What is kept of a sign-in outlives the session it was made in.</summary>
    private protected override async Task<bool> ProcessUnconnectedAsync(string address) =>
        Forget && address.Length > 0 && await MailboxSignIn.ForgetAsync(address).ConfigureAwait(false) > 0;

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
