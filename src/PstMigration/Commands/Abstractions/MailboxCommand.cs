using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that work on each mailbox given to them.</summary>
public abstract class MailboxCommand : AsyncCommand
{
    /// <summary>Connections, or the addresses of connections made in this session; without it the only connection there is.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [MailboxTransformation(Properties = InputNames.Mailbox)]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual MailboxArgument[] Mailbox { get; set; } = [];

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Mailbox is { Length: 1 } && Mailbox[0] == MailboxArgument.NotTaken ? InputErrors.NotTaken(this, Strings.TakesMailboxes) : null;

    /// <summary>Processes one connected mailbox.</summary>
    protected abstract Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken);

    /// <summary>Whether something can be done about a mailbox nobody is connected to, and was.</summary>
    private protected virtual Task<bool> ProcessUnconnectedAsync(string address) => Task.FromResult(false);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (MailboxArgument given in Mailbox.Length > 0 ? Mailbox : [MailboxArgument.Only])
        {
            try
            {
                MsMailbox mailbox = await OnPipelineAsync(() => given.Resolve(this)).ConfigureAwait(false);
                await ProcessMailboxAsync(mailbox, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                await TellAsync(e, given.ToString()).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(Exception e, string given)
    {
        try
        {
            if ((e as MailDataException)?.Error == ModuleErrorIds.MailboxNotConnected && await ProcessUnconnectedAsync(given).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (Exception other) when (ErrorRecords.IsAboutData(other))
        {
            e = other;
        }

        WriteError(ErrorRecords.From(e, given));
    }
}
