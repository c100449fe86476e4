using System.Globalization;
using System.Management.Automation;
using PstMigration.Mailboxes;
using PstMigration.Sandbox;

namespace PstMigration.Commands;

/// <summary>Connects to a mailbox. With <c>-Sandbox</c>: one kept in a file on this machine, made where it does not exist.</summary>
[Cmdlet(VerbsCommunications.Connect, "MsMailbox", DefaultParameterSetName = SandboxSet)]
[OutputType(typeof(MsMailbox))]
public sealed class ConnectMsMailboxCommand : AsyncCommand
{
    private const string SandboxSet = "Sandbox";

    /// <summary>The file of the sandbox.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SandboxSet)]
    [ValidateNotNullOrEmpty]
    public string Sandbox { get; set; } = "";

    /// <summary>The address of a new sandbox; of an existing one, the file knows it.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    [ValidateNotNullOrEmpty]
    public string? Address { get; set; }

    /// <summary>The language of the default folders of a new sandbox; the session's where not given.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public CultureInfo? Culture { get; set; }

    /// <summary>Leaves out the service's limits, which a sandbox keeps like the service: more time for a large file.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public SwitchParameter NoThrottling { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        string path = await OnPipelineAsync(() => FileSystemPaths.Full(this, Sandbox)).ConfigureAwait(false);
        MailboxRegistry registry = await OnPipelineAsync(() => MailboxRegistry.Of(this)).ConfigureAwait(false);
        MsMailbox mailbox = await SandboxConnector.ConnectAsync(path, Address, Culture ?? CultureInfo.CurrentUICulture, NoThrottling, WriteDebug, cancellationToken)
            .ConfigureAwait(false);
        registry.Add(mailbox);
        WriteObject(mailbox);
    }
}
