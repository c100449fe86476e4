using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Data files of the computer that are saved with a mailbox.</summary>
public sealed class LocalArchivesTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-local-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;

    public LocalArchivesTests()
    {
        _ends = new MemoryEnds(_clock);
        _ends.Mailbox.Folder("Inbox", FolderRole.Inbox).Item("mail");
        _plans = new BackupPlans(Path.Combine(_folder, "plans"));
        Directory.CreateDirectory(Path.Combine(_folder, "other"));
        Plan();
    }

    private string _keep = new BackupPlan().Keep;

    private string Archive => Path.Combine(_folder, "archive.pst");

    private string Copy => Path.Combine(_folder, "backup", "nightly", "local", "archive.pst");

    private string Second => Path.Combine(_folder, "second", "nightly", "local", "archive.pst");

    [Fact]
    public async Task An_archive_is_copied_to_both_places_and_again_only_when_it_was_changed()
    {
        await WriteAsync(Archive, 20);
        Assert.Equal(BackupOutcome.Success, (await RunAsync()).Outcome);
        Assert.Equal(File.ReadAllBytes(Archive), File.ReadAllBytes(Copy));
        Assert.Equal(File.ReadAllBytes(Archive), File.ReadAllBytes(Second));
        _ends.Checks.Clear();
        await RunAsync();
        Assert.DoesNotContain(_ends.Checks, c => c.Name.StartsWith("archive", StringComparison.Ordinal));

        await WriteAsync(Archive, 25);
        await RunAsync();

        Assert.Equal(25, MemoryEnds.Read(Copy).Count);
        Assert.Equal(File.ReadAllBytes(Archive), File.ReadAllBytes(Second));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Copy)!));
    }

    [Fact]
    public async Task One_that_is_open_is_read_from_a_snapshot_which_is_gone_then()
    {
        await WriteAsync(Archive, 20);
        Snapshots snapshots = new(Path.Combine(_folder, "shadow.pst"));
        File.Copy(Archive, snapshots.Path);
        _ends.Snapshots = snapshots;
        BackupResult result;
        using (new FileStream(Archive, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            result = await RunAsync();
        }

        Assert.Equal((BackupOutcome.Success, 20), (result.Outcome, MemoryEnds.Read(Copy).Count));
        Assert.Equal([Archive, "gone"], snapshots.Calls);
    }

    [Fact]
    public async Task One_that_is_open_and_has_no_snapshot_is_told_with_the_reason_and_the_mailbox_is_saved()
    {
        await WriteAsync(Archive, 20);
        BackupResult result;
        using (PstItemTarget.Open(Archive))
        {
            result = await RunAsync();
        }

        Assert.Equal((BackupOutcome.Warning, 1L), (result.Outcome, result.Status!.Items));
        Assert.Contains("PstInUse", result.Messages.Single(), StringComparison.Ordinal);
        Assert.Contains("not elevated", result.Messages.Single(), StringComparison.Ordinal);
        Assert.False(File.Exists(Copy));
    }

    [Fact]
    public async Task One_that_is_missing_damaged_or_has_lost_much_never_takes_the_place_of_a_good_copy()
    {
        await WriteAsync(Archive, 20);
        await RunAsync();
        byte[] good = File.ReadAllBytes(Copy);

        await WriteAsync(Archive, 5);
        BackupResult shrunk = await RunAsync();
        byte[] bytes = File.ReadAllBytes(Archive);
        bytes.AsSpan(0x4800).Fill(7);
        File.WriteAllBytes(Archive, bytes);
        BackupResult damaged = await RunAsync();
        File.Delete(Archive);
        BackupResult missing = await RunAsync();

        Assert.All([shrunk, damaged, missing], r => Assert.Equal((BackupOutcome.Warning, 1), (r.Outcome, r.Messages.Count)));
        Assert.Equal(good, File.ReadAllBytes(Copy));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(Copy)!, "archive.beside-*.pst").Length);
    }

    [Fact]
    public async Task Those_kept_beside_go_by_the_rule_of_the_backup_but_for_one_that_holds_more()
    {
        _keep = "daily=2";
        Plan();
        await WriteAsync(Archive, 20);
        await RunAsync();
        string beside = Path.Combine(Path.GetDirectoryName(Copy)!, "archive.beside-202601");
        string foreign = Path.Combine(Path.GetDirectoryName(Copy)!, "archive.beside-me.pst");
        File.Copy(Copy, foreign);
        for (int day = 11; day <= 14; day++)
        {
            File.Copy(Copy, $"{beside}{day}T120000Z.pst");
        }

        // One that holds more than the last copy may be all there is of it.
        await WriteAsync(Archive, 30);
        File.Copy(Archive, $"{beside}10T120000Z.pst");
        await WriteAsync(Archive, 20);
        await RunAsync();

        Assert.Equal([$"{beside}10T120000Z.pst", $"{beside}13T120000Z.pst", $"{beside}14T120000Z.pst", foreign], Directory.GetFiles(Path.GetDirectoryName(Copy)!, "*.beside-*").OrderBy(f => f, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_saved_keeps_no_archive_from_being_saved_and_two_of_a_name_are_two()
    {
        string other = Path.Combine(_folder, "other", "archive.pst");
        await WriteAsync(Archive, 2);
        await WriteAsync(other, 3);
        Plan(other);
        _ends.Mailbox.Items.First().OnOpen = _ => throw new MailDataException(TransferErrorIds.TransferInUse, "broken") { EndsRun = true };

        Assert.Equal(BackupOutcome.Failed, (await RunAsync()).Outcome);

        Assert.Equal([2, 3], Directory.GetFiles(Path.GetDirectoryName(Copy)!).Select(f => MemoryEnds.Read(f).Count).OrderBy(n => n));
        Assert.Empty(BackupRun.RemoveData(_plans, _plans.Read("nightly"), _ends));
        Assert.False(Directory.Exists(Path.Combine(_folder, "backup", "nightly")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task WriteAsync(string path, int items)
    {
        MemorySource mails = new MemorySource().Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < items; i++)
        {
            mails.Item("archived " + i);
        }

        File.Delete(path);
        using (PstFileBuilder builder = PstFileBuilder.Create(path))
        {
            builder.Complete();
        }

        using PstItemTarget target = PstItemTarget.Open(path);
        TransferRun run = await TransferRun.PlanAsync(mails, new TransferOptions(), new SilentObserver(), CancellationToken.None);
        await run.RunAsync(target, CancellationToken.None);
    }

    private void Plan(params string[] more)
    {
        BackupPlan plan = new()
        {
            Name = "nightly",
            Connection = new BackupConnection { Path = Path.Combine(_folder, "m"), Mailbox = "taro@example.jp" },
            Destination = Path.Combine(_folder, "backup"),
            SecondDestination = Path.Combine(_folder, "second"),
            LocalFiles = [Archive, .. more],
            Keep = _keep,
        };
        BackupRun.Prepare(plan, _ends);
        _plans.Write(plan, replace: true);
    }

    private Task<BackupResult> RunAsync()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        return new BackupRun(_plans, _ends, _clock).RunAsync("nightly", TestContext.Current.CancellationToken);
    }

    private sealed class Snapshots(string path) : IVolumeSnapshots, IVolumeSnapshot
    {
        public List<string> Calls { get; } = [];

        public string Path => path;

        public Task<IVolumeSnapshot> CreateAsync(string path, CancellationToken cancellationToken)
        {
            Calls.Add(path);
            return Task.FromResult<IVolumeSnapshot>(this);
        }

        public ValueTask DisposeAsync()
        {
            Calls.Add("gone");
            return default;
        }
    }
}
