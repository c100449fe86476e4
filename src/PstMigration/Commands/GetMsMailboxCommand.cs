using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Gets the mailboxes this session is connected to.</summary>
[Cmdlet(VerbsCommon.Get, "MsMailbox")]
[OutputType(typeof(MsMailboxInfo))]
public sealed class GetMsMailboxCommand : AsyncCommand
{
    /// <summary>Only these addresses; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Mailbox", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [AddressTransformation(Properties = InputNames.Mailbox)]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Address { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Given.IsNotTaken(Address) ? InputErrors.NotTaken(this, Strings.TakesMailboxes) : null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<MsMailbox> connected = await OnPipelineAsync(() => MailboxRegistry.Of(this).Connected).ConfigureAwait(false);
        foreach (string wanted in Address)
        {
            WildcardPattern pattern = WildcardPattern.Get(wanted, WildcardOptions.IgnoreCase);
            IReadOnlyList<MsMailbox> found = [.. connected.Where(m => pattern.IsMatch(m.Address))];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(wanted))
            {
                WriteError(ErrorRecords.From(MailboxErrors.NotConnected(wanted), wanted));
            }

            foreach (MsMailbox mailbox in found)
            {
                await WriteInfoAsync(mailbox, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteInfoAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        try
        {
            MailboxInfo info = await mailbox.Connection.GetInfoAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
            WriteObject(new MsMailboxInfo(mailbox, info));
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, mailbox.Address));
        }
    }
}
