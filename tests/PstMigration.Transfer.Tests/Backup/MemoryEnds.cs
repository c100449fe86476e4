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

    public IItemTarget OpenTarget(BackupPlan plan, string path, IBackupSource source)
    {
        if (plan.SplitBy is null)
        {
            return OpenTarget(path, source);
        }

        Directory.CreateDirectory(path);
        string first = Path.Combine(path, plan.Name + ".pst");
        PstCreateOptions create = new() { DisplayName = source.DisplayName, TimeProvider = clock };
        OpenTarget(first, source).DisposeAsync().AsTask().GetAwaiter().GetResult();
        return PstSeriesTarget.Open(first, PstSplit.Yearly, source.Items.StoreKey, create);
    }

    private PstItemTarget OpenTarget(string path, IBackupSource source)
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
        if (Directory.Exists(path))
        {
            BackupCheck[] checks = [.. FilesOf(path).Select(f => Check(format, f, isFull, cancellationToken))];
            return checks.FirstOrDefault(c => !c.IsSound) ?? new BackupCheck(checks.Length > 0, checks.Sum(c => c.Items), "empty");
        }

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

    public async Task<IItemSource?> OpenSavedAsync(string format, string path) => Directory.Exists(path) ? await PstSeriesSource.OpenAsync(FilesOf(path), new ItemSourceOptions()) : OpenFile(path);

    private static PstItemSource OpenFile(string path) => new(PstFile.Open(path), ownsFile: true);

    /// <summary>Drills into a data file.</summary>
    public Task<IBackupMailbox> OpenRehearsalAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult<IBackupMailbox>(new Rehearsal(OpenTarget(path, new Source(Mailbox)), () => Written ?? OpenFile(path)));

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
        if (Directory.Exists(path))
        {
            return [.. FilesOf(path).SelectMany(Read)];
        }

        using PstFile file = PstFile.Open(path);
        return [.. file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Select(i => i.Subject)];
    }

    /// <summary>The files of a state: one, or those of a series.</summary>
    public static IReadOnlyList<string> FilesOf(string path) =>
        Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.pst").OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)] : File.Exists(path) ? [path] : [];

    /// <summary>Their names, that of one file not, and what is in them; empty where nothing is there.</summary>
    public static IReadOnlyList<(string Name, string Content)> Bytes(string path) =>
        [.. FilesOf(path).Select(f => (f == path ? "" : Path.GetFileName(f), Hex.Lower(Sha256.Hash(File.ReadAllBytes(f)))))];

    /// <summary>Flips bits all over a file.</summary>
    public static void Damage(string path, int step)
    {
        byte[] bytes = File.ReadAllBytes(path);
        for (int i = 0x4800; i < bytes.Length; i += step)
        {
            bytes[i] ^= 1;
        }

        File.WriteAllBytes(path, bytes);
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
