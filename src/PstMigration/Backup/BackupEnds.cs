using System.Globalization;
using System.Net.Http;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Mailboxes and formats as backups see them. Knows no PowerShell: a job runs without it.</summary>
/// <param name="connected">Finds a connection of this process to what a plan names, which is then used and stays open; null where there is none.</param>
/// <param name="live">Connects to other mailboxes.</param>
/// <param name="snapshots">Makes snapshots of volumes.</param>
/// <param name="log">Takes a line for each request.</param>
/// <param name="clock">The clock.</param>
internal sealed class BackupEnds(Func<BackupConnection, MsMailbox?> connected, LiveConnector live, IVolumeSnapshots snapshots, Action<string> log, TimeProvider clock) : IBackupEnds
{
    // .invalid is reserved (RFC 2606).
    private const string RehearsalAddress = "drill@sandbox.invalid";

    /// <summary>Begins to tell of the waits of a mailbox that is saved; dispose what it gives when it is.</summary>
    public Func<MsMailbox, IDisposable>? WatchWaits { get; init; }

    public IVolumeSnapshots Snapshots => snapshots;

    public async Task<IBackupSource> OpenSourceAsync(BackupConnection connection, CancellationToken cancellationToken)
    {
        MsMailbox? open = Connected(connection);
        MsMailbox mailbox = open ?? await ConnectAsync(connection, cancellationToken).ConfigureAwait(false);
        IDisposable? waits = WatchWaits?.Invoke(mailbox);
        try
        {
            return new Source(mailbox, await mailbox.Connection.OpenSourceAsync(log, cancellationToken).ConfigureAwait(false), waits, owns: open is null);
        }
        catch
        {
            waits?.Dispose();
            if (open is null)
            {
                mailbox.Dispose();
            }

            throw;
        }
    }

    public string? EndingOf(string format) => FormatOf(format) is var known && known == PstItemFormat.Instance ? known.Extensions[0] : null;

    public bool CanRestore(string format) => FormatOf(format).CanRead;

    public IItemTarget OpenTarget(BackupPlan plan, string path, IBackupSource source)
    {
        ItemFormat format = FormatOf(plan.Format);
        if (format != PstItemFormat.Instance)
        {
            return format.OpenTarget(path, new ItemTargetOptions { Time = clock });
        }

        PstSplit? split = plan.SplitBy is null ? null : plan.SplitBy == nameof(PstSplitBy.Year) ? PstSplit.Yearly : PstSplit.BySize(plan.SplitSize ?? PstSplit.DefaultSize);
        return MailboxExport.Open(split is null ? path : Path.Combine(path, plan.Name + format.Extensions[0]), source.DisplayName, source.Items.StoreKey, split, clock);
    }

    public BackupCheck Check(string format, string path, bool isFull, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
        {
            return CheckFile(path, isFull, cancellationToken);
        }

        IReadOnlyList<string> files = MailboxExport.FilesIn(path);
        long items = 0;
        foreach (string file in files)
        {
            BackupCheck check = CheckFile(file, isFull, cancellationToken);
            if (!check.IsSound)
            {
                return check with { Problem = Path.GetFileName(file) + ": " + check.Problem };
            }

            items += check.Items;
        }

        return files.Count > 0 ? new BackupCheck(true, items, "") { MissingFiles = PstSeries.Of(files[0])?.FindMissing() ?? [] } : new BackupCheck(false, 0, LocalText.Format(Strings.BackupSeriesEmpty, path));
    }

    private BackupCheck CheckFile(string path, bool isFull, CancellationToken cancellationToken)
    {
        try
        {
            PstCheckReport report = new PstChecker(clock).CheckAll(path, new PstCheckOptions { Quick = !isFull }, null, cancellationToken);
            if (report.Findings.FirstOrDefault(f => f.Severity == PstFindingSeverity.Error) is PstFinding finding)
            {
                return new BackupCheck(false, 0, finding.RuleId + " " + finding.Message);
            }

            using PstFile file = PstFile.Open(path);
            return new BackupCheck(true, file.EnumerateFolders().Sum(f => (long)f.ItemCount), "");
        }
        catch (PstException e) when (e.IsUnsound)
        {
            return new BackupCheck(false, 0, e.Message);
        }
    }

    public async Task<IItemSource?> OpenSavedAsync(string format, string path) => FormatOf(format) is not { CanRead: true } known ? null
        : known == PstItemFormat.Instance && Directory.Exists(path) ? await PstSeriesSource.OpenAsync(MailboxExport.FilesIn(path), new ItemSourceOptions()).ConfigureAwait(false)
        : known.OpenSource(path, new ItemSourceOptions());

    public async Task<IBackupMailbox> OpenRehearsalAsync(string path, CancellationToken cancellationToken) => await OpenToWriteAsync(
        await SandboxConnector.OpenAsync(path, RehearsalAddress, CultureInfo.CurrentUICulture, noThrottling: true, log, cancellationToken).ConfigureAwait(false), owns: true, cancellationToken).ConfigureAwait(false);

    public async Task<IBackupMailbox> OpenMailboxAsync(BackupConnection connection, CancellationToken cancellationToken)
    {
        MsMailbox? open = Connected(connection);
        return await OpenToWriteAsync(open ?? await ConnectAsync(connection, cancellationToken).ConfigureAwait(false), owns: open is null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IBackupMailbox> OpenToWriteAsync(MsMailbox mailbox, bool owns, CancellationToken cancellationToken)
    {
        try
        {
            return new Written(mailbox, await mailbox.Connection.OpenTargetAsync(log, cancellationToken).ConfigureAwait(false), log, owns);
        }
        catch
        {
            if (owns)
            {
                mailbox.Dispose();
            }

            throw;
        }
    }

    private static ItemFormat FormatOf(string format) => ModuleFormats.All.Find(format) is { CanWrite: true, Id: not ("Attachment" or "Csv") } known ? known
        : throw new MailDataException(BackupErrorIds.BackupPlanInvalid, LocalText.Format(Strings.BackupNoFormat, format));

    // A sandbox that is missing is not made: a backup of nothing would be no error.
    private MsMailbox? Connected(BackupConnection connection) => connection.Kind == BackupConnectionKind.Sandbox && !File.Exists(connection.Path)
        ? throw SandboxException.NotFound(connection.Path!)
        : connected(connection);

    private async Task<MsMailbox> ConnectAsync(BackupConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await (connection.Kind == BackupConnectionKind.Sandbox
                ? SandboxConnector.OpenAsync(connection.Path!, null, CultureInfo.CurrentUICulture, noThrottling: false, log, cancellationToken)
                : live.ConnectAsync(BackupConnections.Request(connection, clock), log, cancellationToken)).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new MailDataException(ModuleErrorIds.ConnectionFailed, e.Message, e);
        }
    }

    private sealed class Source(MsMailbox mailbox, IItemSource items, IDisposable? waits, bool owns) : IBackupSource
    {
        public IItemSource Items => items;

        public string Address => mailbox.Address;

        public string DisplayName => mailbox.DisplayName;

        public DateTimeOffset? SilentUntil => mailbox.SignIn?.SilentUntil;

        public async ValueTask DisposeAsync()
        {
            await items.DisposeAsync().ConfigureAwait(false);
            waits?.Dispose();
            if (owns)
            {
                mailbox.Dispose();
            }
        }
    }

    private sealed class Written(MsMailbox mailbox, IItemTarget target, Action<string> log, bool owns) : IBackupMailbox
    {
        public IItemTarget Target => target;

        public Task<IItemSource> OpenWrittenAsync(CancellationToken cancellationToken) => mailbox.Connection.OpenSourceAsync(log, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await target.DisposeAsync().ConfigureAwait(false);
            if (owns)
            {
                mailbox.Dispose();
            }
        }
    }
}
