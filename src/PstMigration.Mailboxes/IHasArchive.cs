using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A mailbox that may have an archive beside it (online archive), to read from alone.</summary>
public interface IHasArchive
{
    /// <summary>The folders of the archive, parents before children.</summary>
    /// <param name="log">Takes a line for each request; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">ArchiveNotReachable, ArchiveNotFound, ArchiveNotAllowed; the mailbox cannot be reached or refuses.</exception>
    Task<IReadOnlyList<MailboxFolderInfo>> GetArchiveFoldersAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>The archive as a place to copy from.</summary>
    /// <param name="log">Takes a line for each request made until the source is disposed; null for none.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="MailDataException">ArchiveNotReachable, ArchiveNotFound, ArchiveNotAllowed; the mailbox cannot be reached or refuses.</exception>
    Task<IItemSource> OpenArchiveAsync(Action<string>? log, CancellationToken cancellationToken);
}
