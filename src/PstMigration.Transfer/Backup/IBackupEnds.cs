using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a backup needs of the rooms it does not know: mailboxes and formats.</summary>
public interface IBackupEnds
{
    /// <summary>Makes snapshots of volumes.</summary>
    IVolumeSnapshots Snapshots { get; }

    /// <summary>Opens the mailbox, asking nobody.</summary>
    /// <exception cref="MailDataException">The mailbox cannot be reached, or a person has to sign in.</exception>
    Task<IBackupSource> OpenSourceAsync(BackupConnection connection, CancellationToken cancellationToken);

    /// <summary>The ending of the data files of a format; null for a tree of files.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid: there is no such format.</exception>
    string? EndingOf(string format);

    /// <summary>Whether items can be copied from what was saved in a format.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid: there is no such format.</exception>
    bool CanRestore(string format);

    /// <summary>Opens where to, making it where it is missing.</summary>
    /// <exception cref="MailDataException">It cannot be opened, or is another mailbox's.</exception>
    /// <param name="plan">The backup, with its format and how that is split.</param>
    /// <param name="path">The full path of a state: a file; of a series or a tree a directory.</param>
    /// <param name="source">The mailbox.</param>
    IItemTarget OpenTarget(BackupPlan plan, string path, IBackupSource source);

    /// <summary>Whether a file that was written is sound, or every file of a series.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="path">Its full path; of a series that of the directory.</param>
    /// <param name="isFull">Every byte of it, or only what everything else is found by.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The file cannot be looked at: it is in use, the rights are missing, the disk or the share failed. That says nothing of the file.</exception>
    BackupCheck Check(string format, string path, bool isFull, CancellationToken cancellationToken);

    /// <summary>Opens what was saved, to copy from it; null where nothing can be copied from the format.</summary>
    /// <exception cref="MailDataException">It cannot be opened.</exception>
    Task<IItemSource?> OpenSavedAsync(string format, string path);

    /// <summary>Makes an empty mailbox in a file, and opens it.</summary>
    /// <param name="path">The full path of a file that does not exist.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">It cannot be made.</exception>
    Task<IBackupMailbox> OpenRehearsalAsync(string path, CancellationToken cancellationToken);

    /// <summary>Opens the mailbox to write to it, asking nobody.</summary>
    /// <exception cref="MailDataException">The mailbox cannot be reached, or a person has to sign in.</exception>
    Task<IBackupMailbox> OpenMailboxAsync(BackupConnection connection, CancellationToken cancellationToken);
}

/// <summary>A mailbox that is written to: one nobody uses, into which a backup is restored to see whether it can be, or the one that is saved.</summary>
public interface IBackupMailbox : IAsyncDisposable
{
    /// <summary>Where to.</summary>
    IItemTarget Target { get; }

    /// <summary>Opens what is in it now; the caller's to dispose.</summary>
    Task<IItemSource> OpenWrittenAsync(CancellationToken cancellationToken);
}

/// <summary>The mailbox of a backup.</summary>
public interface IBackupSource : IAsyncDisposable
{
    /// <summary>Its items.</summary>
    IItemSource Items { get; }

    /// <summary>Its address.</summary>
    string Address { get; }

    /// <summary>What people call it.</summary>
    string DisplayName { get; }

    /// <summary>Until when no person has to sign in; null where that is not known, or there is no end.</summary>
    DateTimeOffset? SilentUntil { get; }
}

/// <summary>What a check found.</summary>
/// <param name="IsSound">Whether the file keeps the rules of its format.</param>
/// <param name="Items">How many items are in it.</param>
/// <param name="Problem">The first thing that is wrong, for people; empty where nothing is.</param>
public sealed record BackupCheck(bool IsSound, long Items, string Problem)
{
    /// <summary>Of a series the full paths of the files that are missing of it, as far as what is left tells.</summary>
    public IReadOnlyList<string> MissingFiles { get; init; } = [];
}
