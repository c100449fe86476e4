using System.Management.Automation;

namespace PstMigration;

/// <summary>What <c>-Mailbox</c> takes: a connection, or the address of one made in this session.</summary>
public sealed class MailboxArgument
{
    private readonly MsMailbox? _mailbox;
    private readonly string? _address;

    /// <summary>A connection.</summary>
    public MailboxArgument(MsMailbox mailbox) => _mailbox = mailbox ?? throw new ArgumentNullException(nameof(mailbox));

    /// <summary>An address.</summary>
    public MailboxArgument(string address) => _address = address ?? throw new ArgumentNullException(nameof(address));

    private MailboxArgument()
    {
    }

    /// <summary>The only connection there is.</summary>
    internal static MailboxArgument Only { get; } = new();

    /// <summary>An object that is none: <see cref="ObjectTransformationAttribute"/>.</summary>
    internal static MailboxArgument NotTaken { get; } = new();

    /// <summary>The connection. Call on the pipeline thread.</summary>
    /// <exception cref="Mapi.MailDataException">MailboxNotConnected, MailboxAmbiguous.</exception>
    internal MsMailbox Resolve(PSCmdlet cmdlet) => _mailbox ?? (_address is null ? MailboxRegistry.Of(cmdlet).Only() : MailboxRegistry.Of(cmdlet).Find(_address));

    /// <inheritdoc/>
    public override string ToString() => _mailbox?.Address ?? _address ?? "";
}
