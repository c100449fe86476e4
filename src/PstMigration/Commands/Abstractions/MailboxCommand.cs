using System.Management.Automation;
using PstMigration.Errors;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that work on each mailbox given to them.</summary>
public abstract class MailboxCommand : AsyncCommand
{
    /// <summary>Connections, or the addresses of connections made in this session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public MailboxArgument[] Mailbox { get; set; } = [];

    /// <summary>Processes one connected mailbox.</summary>
    protected abstract Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (MailboxArgument given in Mailbox)
        {
            try
            {
                MsMailbox mailbox = await OnPipelineAsync(() => given.Resolve(this)).ConfigureAwait(false);
                await ProcessMailboxAsync(mailbox, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, given.ToString()));
            }
        }
    }
}
