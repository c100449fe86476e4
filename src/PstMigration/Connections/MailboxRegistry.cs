using System.Management.Automation;
using PstMigration.Errors;

namespace PstMigration;

/// <summary>The connections of one runspace. Kept in a global variable of that runspace, so that parallel ones do not see each other.</summary>
internal sealed class MailboxRegistry : IDisposable
{
    private const string Variable = "global:PstMigrationMailboxes";
    private readonly List<MsMailbox> _mailboxes = [];
    private bool _isLent;

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

    /// <summary>The registry of the runspace that is completing a line. It is busy with that, so that only a nested pipeline can ask it.</summary>
    internal static MailboxRegistry OfRunspace()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$" + Variable).Invoke().FirstOrDefault()?.BaseObject as MailboxRegistry ?? new MailboxRegistry();
    }

    /// <summary>A registry for another runspace with the connections there are now, which stay this one's.</summary>
    internal MailboxRegistry Lend()
    {
        MailboxRegistry lent = new() { _isLent = true };
        lent._mailboxes.AddRange(Connected);
        return lent;
    }

    internal void Add(MsMailbox mailbox)
    {
        _mailboxes.RemoveAll(m => !m.IsConnected || m == mailbox);
        _mailboxes.Add(mailbox);
    }

    /// <summary>The connection to the sandbox in a file; null where there is none.</summary>
    internal MsMailbox? FindSandbox(string path) => Connected.FirstOrDefault(m => m.SandboxPath == path);

    /// <summary>The connection to an address.</summary>
    /// <exception cref="Mapi.MailDataException">MailboxNotConnected; MailboxAmbiguous where there are several.</exception>
    internal MsMailbox Find(string address)
    {
        IReadOnlyList<MsMailbox> found = [.. Connected.Where(m => string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase))];
        return found.Count == 0 ? throw MailboxErrors.NotConnected(address) : found.Count == 1 ? found[0] : throw MailboxErrors.Ambiguous(found);
    }

    /// <summary>The only connection.</summary>
    /// <exception cref="Mapi.MailDataException">MailboxNotConnected; MailboxAmbiguous where there are several.</exception>
    internal MsMailbox Only()
    {
        IReadOnlyList<MsMailbox> found = Connected;
        return found.Count == 0 ? throw MailboxErrors.NoneConnected() : found.Count == 1 ? found[0] : throw MailboxErrors.Ambiguous(found);
    }

    /// <summary>Disconnects all: the module is being removed. What is lent stays connected.</summary>
    public void Dispose()
    {
        if (!_isLent)
        {
            _mailboxes.ForEach(m => m.Dispose());
        }
    }
}
