using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>A mailbox in memory, saved into data files.</summary>
internal sealed class MemoryEnds(TimeProvider clock) : IBackupEnds
{
    public MemorySource Mailbox { get; set; } = new();

    /// <summary>What is done before a file is checked.</summary>
    public Action<string> OnCheck { get; set; } = _ => { };

    /// <summary>The files that were checked, and whether whole.</summary>
    public List<(string Name, bool IsFull)> Checks { get; } = [];

    /// <summary>What a drill finds restored; null for what it has.</summary>
    public IItemSource? Written { get; set; }

    /// <summary>What the mailbox cannot be opened for; null where it can.</summary>
    public Exception? Refusal { get; set; }

    public Task<IBackupSource> OpenSourceAsync(BackupConnection connection, CancellationToken cancellationToken) =>
        Refusal is null ? Task.FromResult<IBackupSource>(new Source(Mailbox)) : Task.FromException<IBackupSource>(Refusal);

    public string? EndingOf(string format) => format == "Pst" ? ".pst" : null;

    public bool CanRestore(string format) => true;

    public IItemTarget OpenTarget(string format, string path, IBackupSource source)
    {
        if (!File.Exists(path))
        {
            using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { DisplayName = source.DisplayName, TimeProvider = clock });
            builder.Complete();
        }

        return PstItemTarget.Open(path, new PstEditOptions { TimeProvider = clock });
    }

    public BackupCheck Check(string format, string path, bool isFull, CancellationToken cancellationToken)
    {
        OnCheck(path);
        Checks.Add((Path.GetFileName(path), isFull));
        try
        {
            PstCheckReport report = new PstChecker(clock).CheckAll(path, new PstCheckOptions { Quick = !isFull, OwnWriter = isFull }, null, cancellationToken);
            using PstFile file = PstFile.Open(path);
            return new BackupCheck(report.IsValid, file.EnumerateFolders().Sum(f => (long)f.ItemCount), report.Findings.Count > 0 ? report.Findings[0].ToString() : "");
        }
        catch (PstException e) when (e.IsUnsound)
        {
            return new BackupCheck(false, 0, e.Message);
        }
    }

    public IItemSource? OpenSaved(string format, string path) =>
        new PstItemSource(PstFile.Open(path), ownsFile: true);

    /// <summary>Drills into a data file.</summary>
    public Task<IBackupMailbox> OpenRehearsalAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult<IBackupMailbox>(new Rehearsal(OpenTarget("Pst", path, new Source(Mailbox)), () => Written ?? OpenSaved("Pst", path)!));

    public IVolumeSnapshots Snapshots { get; set; } = new NoSnapshots();

    public Task<IBackupMailbox> OpenMailboxAsync(BackupConnection connection, CancellationToken cancellationToken) =>
        OnMail() is Exception failure ? throw failure : Task.FromResult<IBackupMailbox>(new Rehearsal(Mails, () => Mailbox));

    /// <summary>The messages about runs.</summary>
    public MemoryTarget Mails { get; } = new();

    /// <summary>What opening the mailbox for a message throws.</summary>
    public Func<Exception?> OnMail { get; set; } = () => null;

    /// <summary>The subjects in a data file.</summary>
    public static List<string> Read(string path)
    {
        using PstFile file = PstFile.Open(path);
        return [.. file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Select(i => i.Subject)];
    }

    private sealed class Source(MemorySource items) : IBackupSource
    {
        public IItemSource Items => items;

        public string Address => "taro@example.jp";

        public string DisplayName => "Taro";

        public DateTimeOffset? SilentUntil => null;

        public ValueTask DisposeAsync() => default;
    }

    private sealed class Rehearsal(IItemTarget target, Func<IItemSource> open) : IBackupMailbox
    {
        public IItemTarget Target => target;

        public Task<IItemSource> OpenWrittenAsync(CancellationToken cancellationToken) => Task.FromResult(open());

        public ValueTask DisposeAsync() => target.DisposeAsync();
    }

    private sealed class NoSnapshots : IVolumeSnapshots
    {
        public Task<IVolumeSnapshot> CreateAsync(string path, CancellationToken cancellationToken) => throw new MailDataException(PstErrorIds.PstInUse, "not elevated");
    }
}
