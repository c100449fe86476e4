using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A connection to a mailbox, whatever it is reached by. Several operations may run at once; they share the mailbox's limits. Each has a log of its own:
/// it takes one line for every request made on its behalf, without tokens, addresses that carry them, or mail addresses. Disposing the connection ends its operations.
/// </summary>
public interface IMailbox : IDisposable
{
    /// <summary>The SMTP address; the one it was opened with until the mailbox has told its own.</summary>
    string Address { get; }

    /// <summary>What people call it; the address until the mailbox has told.</summary>
    string DisplayName { get; }

    /// <summary>What stands behind it.</summary>
    MailboxKind Kind { get; }

    /// <summary>
    /// Told when requests of any operation begin to wait for longer than a moment because of the service's limits, each time the end of it moves, and when it is over. On any
    /// thread, several at once.
    /// </summary>
    event Action<MailboxWait>? Waiting;

    /// <summary>The mailbox at a glance.</summary>
    /// <param name="log">Takes a line for each request; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The mailbox cannot be reached or refuses.</exception>
    Task<MailboxInfo> GetInfoAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>The folders people see, parents before children.</summary>
    /// <param name="log">Takes a line for each request; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The mailbox cannot be reached or refuses.</exception>
    Task<IReadOnlyList<MailboxFolderInfo>> GetFoldersAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>The mailbox as a place to copy from.</summary>
    /// <param name="log">Takes a line for each request made until the source is disposed; null for none.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="MailDataException">The mailbox cannot be reached or refuses.</exception>
    Task<IItemSource> OpenSourceAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>
    /// The mailbox as a place to copy to. One target may serve several runs, one after the other: what the mailbox remembers of earlier copies is read once for all
    /// of them.
    /// </summary>
    /// <param name="log">Takes a line for each request made until the target is disposed; null for none.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="MailDataException">The mailbox cannot be reached or refuses.</exception>
    Task<IItemTarget> OpenTargetAsync(Action<string>? log, CancellationToken cancellationToken);
}
