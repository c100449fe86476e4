using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mailboxes.Diagnosis;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Test-MsMailboxConnection: whether this PC gets through to Microsoft's mailboxes, step by step. Signs in nowhere.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MsMailboxConnection")]
[OutputType("PstMigration.Mailboxes.Diagnosis.ConnectionFinding")] // By name: the type would load its room with the list of commands.
public sealed class TestMsMailboxConnectionCommand : AsyncCommand
{
    /// <summary>The address of a mailbox, for the step Autodiscover.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Account", "Mailbox", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [AddressTransformation(Properties = InputNames.Mailbox + " Account")]
    [ValidatePattern(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    public string? Address { get; set; }

    /// <summary>Seconds for each question.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>An HTTP proxy instead of the system's.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Address == Given.NotTaken ? InputErrors.NotTaken(this, Strings.TakesMailboxes) : null;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        NetworkOptions.Check(Proxy);
        ConnectionDiagnosis diagnosis = new(TimeSpan.FromSeconds(TimeoutSeconds), Clock, Proxy);
        await diagnosis.RunAsync(Address, WriteObject, cancellationToken).ConfigureAwait(false);
    }
}
