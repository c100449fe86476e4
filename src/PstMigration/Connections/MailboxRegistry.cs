using System.Management.Automation;
using PstMigration.Errors;

namespace PstMigration;

/// <summary>The connections of one runspace. Kept in a global variable of that runspace, so that parallel ones do not see each other.</summary>
internal sealed class MailboxRegistry : IDisposable
{
    private const string Variable = "global:PstMigrationMailboxes";
    private readonly List<MsMailbox> _mailboxes = [];

    /// <summary>Those that can still be used.</summary>
    internal IReadOnlyList<MsMailbox> Connected => [.. _mailboxes.Where(m => m.IsConnected)];

    /// <summary>The registry of the runspace a cmdlet runs in. Call on the pipeline thread.</summary>
    internal static MailboxRegistry Of(PSCmdlet cmdlet)
    {
        object? value = cmdlet.SessionState.PSVariable.GetValue(Variable);
        if (((value as PSObject)?.BaseObject ?? value) is MailboxRegistry known)
        {
            return known;
        }

        MailboxRegistry registry = new();
        cmdlet.SessionState.PSVariable.Set(Variable, registry);
        return registry;
    }

    /// <summary>Disconnects all of them: the module is removed.</summary>
    public void Dispose() => _mailboxes.ForEach(m => m.Dispose());

    internal void Add(MsMailbox mailbox)
    {
        _mailboxes.RemoveAll(m => !m.IsConnected);
        _mailboxes.Add(mailbox);
    }

    /// <summary>The connection to an address, the newest where there are several.</summary>
    /// <exception cref="Mapi.MailDataException">MailboxNotConnected.</exception>
    internal MsMailbox Find(string address) =>
        Connected.LastOrDefault(m => string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase))
            ?? throw MailboxErrors.NotConnected(address);
}
