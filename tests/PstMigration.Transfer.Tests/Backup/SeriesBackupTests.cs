using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>A backup that is a series of data files: what holds for one file holds for all of them together. And what is kept beside, of either.</summary>
public sealed class SeriesBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-series-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;
    private BackupPlan _plan;

    public SeriesBackupTests()
    {
        _ends = new MemoryEnds(_clock);
        _ends.Mailbox.Folder("Inbox", FolderRole.Inbox);
        _plans = new BackupPlans(Path.Combine(_folder, "plans"));
        _plan = new BackupPlan
        {
            Name = "night.ly",
            Connection = new BackupConnection { Path = Path.Combine(_folder, "m"), Mailbox = "taro@example.jp" },
            Destination = Path.Combine(_folder, "backup"),
            SecondDestination = Path.Combine(_folder, "second"),
            SplitBy = "Year",
        };
        BackupRun.Prepare(_plan, _ends);
        _plans.Write(_plan, replace: false);
        Add(2024, 10);
        Add(2025, 10);
    }

    private string Data => Path.Combine(_folder, "backup", "night.ly");

    private string Current => Path.Combine(Data, "night.ly");

    private string Second => Path.Combine(_folder, "second", "night.ly", "night.ly");

    private string[] States => Directory.Exists(Path.Combine(Data, "states")) ? [.. Directory.GetFileSystemEntries(Path.Combine(Data, "states")).OrderBy(n => n, StringComparer.Ordinal)] : [];

    [Fact]
    public async Task New_items_go_into_the_file_of_their_year_and_the_series_before_is_a_state()
    {
        await SavedAsync();
        IReadOnlyList<(string Name, string Content)> before = MemoryEnds.Bytes(Current);
        Add(2025, 2);
        Add(2026, 3);

        BackupResult result = await SavedAsync();

        Assert.Equal(["night.ly.pst", "night.ly-2024.pst", "night.ly-2025.pst", "night.ly-2026.pst"], MemoryEnds.Bytes(Current).Select(f => f.Name));
        Assert.Equal((25L, MemoryEnds.FilesOf(Current).Sum(f => new FileInfo(f).Length)), (result.Status!.Items, result.Status.Bytes));
        Assert.Equal(before, MemoryEnds.Bytes(Assert.Single(States)));
        Assert.Equal(MemoryEnds.Bytes(Current), MemoryEnds.Bytes(Second));
        Assert.Equal([".pstmigration-backup", "night.ly", "states"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(25, (await SavedAsync()).Unchanged);
        Assert.Single(States);
        BackupInspection found = await new BackupInspector(_ends).InspectAsync(_plan, _plans.ReadStatus("night.ly"), TestContext.Current.CancellationToken);
        Assert.Equal((true, true, true, 25L), (found.IsSound, found.IsComplete, found.IsSecondEqual, found.Items));
        BackupDrillResult drill = (await new BackupDrill(_ends, _clock).RunAsync(_plan, 100, 1, TestContext.Current.CancellationToken))!;
        Assert.Equal((true, 25L), (drill.Passed, drill.Same));
    }

    [Theory]
    [InlineData("missing", true)]
    [InlineData("missing", false)]
    [InlineData("damaged", true)]
    [InlineData("damaged", false)]
    public async Task A_series_with_a_file_that_is_missing_or_damaged_starts_from_the_copy_that_holds_most(string how, bool hasSecond)
    {
        if (!hasSecond)
        {
            _plan = _plan with { SecondDestination = null };
            _plans.Write(_plan, replace: true);
        }

        await SavedAsync();
        Add(2026, 3);
        await SavedAsync();
        string file = Path.Combine(Current, "night.ly-2024.pst");
        Harm(file, how);
        BackupInspection found = await new BackupInspector(_ends).InspectAsync(_plan, _plans.ReadStatus("night.ly"), TestContext.Current.CancellationToken);

        // Nothing of what is gone comes from the mailbox.
        Remove(2024);
        BackupResult result = await new BackupRun(_plans, _ends, _clock) { AcceptChange = true }.RunAsync("night.ly", TestContext.Current.CancellationToken);

        Assert.Equal((how == "missing", how == "damaged"), (found.IsSound, !found.IsSound));
        Assert.NotEmpty(found.Problems);
        Assert.Equal((BackupOutcome.Warning, 23L), (result.Outcome, result.Status!.Items));
        Assert.Equal(23, MemoryEnds.Read(Current).Count);
        Assert.Single(Directory.GetDirectories(Data, "night.ly.damaged-*"));
        await SavedAsync(isAccepted: true);
    }

    [Fact]
    public async Task A_file_that_is_gone_from_everywhere_leaves_the_others()
    {
        _plan = _plan with { SecondDestination = null };
        _plans.Write(_plan, replace: true);
        await SavedAsync();
        File.Delete(Path.Combine(Current, "night.ly-2024.pst"));
        Remove(2024);

        BackupResult result = await new BackupRun(_plans, _ends, _clock) { AcceptChange = true }.RunAsync("night.ly", TestContext.Current.CancellationToken);

        Assert.Equal((BackupOutcome.Warning, 10L), (result.Outcome, result.Status!.Items));
        Assert.Contains(result.Messages, m => m.Contains("20", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    public async Task The_second_copy_of_a_series_is_mended_by_the_files_that_differ(string how)
    {
        await SavedAsync();
        string same = Path.Combine(Second, "night.ly-2025.pst");
        DateTime written = File.GetLastWriteTimeUtc(same);
        Harm(Path.Combine(Second, "night.ly-2024.pst"), how);
        File.WriteAllText(Path.Combine(Second, "night.ly-1999.pst"), "no longer");

        BackupResult result = await RunAsync();

        Assert.Equal(BackupOutcome.Warning, result.Outcome);
        Assert.Contains(Second, Assert.Single(result.Messages), StringComparison.Ordinal);
        Assert.Equal(MemoryEnds.Bytes(Current), MemoryEnds.Bytes(Second));
        await SavedAsync();
        Add(2024, 1);
        written = File.GetLastWriteTimeUtc(same);
        await SavedAsync();
        Assert.Equal(written, File.GetLastWriteTimeUtc(same));
    }

    [Fact]
    public async Task A_mailbox_that_has_shrunk_is_kept_beside_as_a_series()
    {
        await SavedAsync();
        IReadOnlyList<(string Name, string Content)> before = MemoryEnds.Bytes(Current);
        Remove(2024);
        Add(2026, 1);

        BackupResult first = await RunAsync();
        BackupResult second = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, BackupOutcome.Warning), (first.Outcome, second.Outcome));
        Assert.Equal(before, MemoryEnds.Bytes(Current));
        Assert.Equal(first.Status!.KeptBeside, second.Status!.KeptBeside);
        Assert.Equal(21, MemoryEnds.Read(first.Status.KeptBeside!).Count);
        Assert.Equal(BackupOutcome.Success, (await new BackupRun(_plans, _ends, _clock) { AcceptChange = true }.RunAsync("night.ly", default)).Outcome);
        Assert.Equal(21, MemoryEnds.Read(Current).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_of_a_series_that_was_stopped_is_gone_on_with(bool isRotated)
    {
        BackupResult first = await SavedAsync();
        Add(2026, 3);
        using (CancellationTokenSource stop = new())
        {
            _ends.OnCheck = path =>
            {
                if (path.Contains(".working", StringComparison.Ordinal))
                {
                    stop.Cancel();
                    stop.Token.ThrowIfCancellationRequested();
                }
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token));
            _ends.OnCheck = _ => { };
        }

        if (isRotated)
        {
            Directory.CreateDirectory(Path.Combine(Data, "states"));
            Directory.Move(Current, Path.Combine(Data, "states", "night.ly." + first.Status!.StateTime!.Value.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)));
        }

        BackupResult result = await SavedAsync();

        Assert.Equal((23L, 0L), (result.Status!.Items, result.Status.Copied));
        Assert.Equal(23, MemoryEnds.Read(Current).Count);
        Assert.Equal(20, MemoryEnds.Read(Assert.Single(States)).Count);
    }

    [Fact]
    public async Task A_state_of_a_series_is_found_by_its_time_whatever_was_opened_since()
    {
        await SavedAsync();
        DateTimeOffset made = _clock.GetUtcNow();
        Add(2026, 1);
        await SavedAsync();
        foreach (string file in MemoryEnds.FilesOf(Current))
        {
            File.SetLastWriteTimeUtc(file, _clock.GetUtcNow().UtcDateTime);
        }

        await SavedAsync();

        Assert.Equal(States[0], BackupState.Find(Current, made + TimeSpan.FromHours(1)).Path);
        Assert.Equal(Current, BackupState.Find(Current, made + TimeSpan.FromDays(1)).Path);
        Assert.Throws<MailDataException>(() => BackupState.Find(Current, made - TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Everything_a_series_has_saved_is_removed_with_its_data()
    {
        await SavedAsync();
        Add(2026, 1);
        await SavedAsync();
        Harm(Path.Combine(Current, "night.ly-2024.pst"), "damaged");
        await RunAsync();

        Assert.Empty(BackupRun.RemoveData(_plans, _plan, _ends));
        Assert.False(Directory.Exists(Data));
        Assert.False(Directory.Exists(Path.GetDirectoryName(Second)));
    }

    [Fact]
    public async Task A_file_does_not_become_a_series_nor_a_series_a_file()
    {
        BackupShape.CheckChange(_plan, _plan with { SplitBy = null }, _ends);
        await SavedAsync();

        BackupShape.CheckChange(_plan, _plan with { Keep = "3d" }, _ends);
        Assert.Equal("BackupPlanInvalid", Assert.Throws<MailDataException>(() => BackupShape.CheckChange(_plan, _plan with { SplitBy = null }, _ends)).Id);
        Assert.Throws<MailDataException>(() => BackupRun.Prepare(_plan with { Format = "Eml", SecondDestination = null }, _ends));
        Assert.Throws<MailDataException>(() => (_plan with { SplitSize = 1 << 21 }).Validated());
        Assert.Throws<MailDataException>(() => (_plan with { SplitBy = "Month" }).Validated());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Year")]
    public async Task What_is_kept_beside_stays_as_long_as_older_states_would_in_both_places(string? splitBy)
    {
        _plan = _plan with { SplitBy = splitBy, Keep = "daily=2" };
        _plans.Write(_plan, replace: true);
        await SavedAsync();
        string ending = splitBy is null ? ".pst" : "";
        foreach (string place in new[] { Data, Path.GetDirectoryName(Second)! })
        {
            for (int day = 1; day <= 4; day++)
            {
                Copy(Path.Combine(place, "night.ly" + ending), Path.Combine(place, $"night.ly.beside-2026010{day}T120000Z{ending}"));
            }
        }

        // One that holds more than the present state may be all there is of it.
        string whole = Path.Combine(Path.GetDirectoryName(Second)!, $"night.ly.beside-20251231T120000Z{ending}");
        await SavedAsync();
        Add(2026, 1);
        _plans.Write(_plan with { Keep = "daily=100" }, replace: true);
        await SavedAsync();
        Copy(Second + ending, whole);
        Copy(whole, Path.Combine(Path.GetDirectoryName(Second)!, $"night.ly.beside-20251230T120000Z{ending}"));

        Assert.Equal(["20260103T120000Z", "20260104T120000Z"], Besides(Data));
        Assert.Equal(["20251230T120000Z", "20251231T120000Z", "20260103T120000Z", "20260104T120000Z"], Besides(Path.GetDirectoryName(Second)!));
        _plans.Write(_plan, replace: true);
        BackupStatus status = _plans.ReadStatus("night.ly");
        new BackupPruning(_plan, _ends, _clock.GetUtcNow(), TimeZoneInfo.Utc).PruneBesides(BackupFiles.All(_plan, _ends)[1], status with { Items = 20 }, default);
        Assert.Equal(4, Besides(Path.GetDirectoryName(Second)!).Length);
        await SavedAsync();
        Assert.Equal(["20260103T120000Z", "20260104T120000Z"], Besides(Path.GetDirectoryName(Second)!));

        static string[] Besides(string place) => [.. Directory.GetFileSystemEntries(place, "*.beside-*").Select(p => Path.GetFileName(p).Substring("night.ly.beside-".Length, "20260101T120000Z".Length)).OrderBy(n => n, StringComparer.Ordinal)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.CreateDirectory(to);
        }

        foreach (string file in MemoryEnds.FilesOf(from))
        {
            File.Copy(file, Directory.Exists(to) ? Path.Combine(to, Path.GetFileName(file)) : to);
        }
    }

    private static void Harm(string file, string how)
    {
        if (how == "missing")
        {
            File.Delete(file);
        }
        else
        {
            MemoryEnds.Damage(file, 512);
        }
    }

    private Task<BackupResult> RunAsync(CancellationToken? cancellationToken = null, bool isAccepted = false)
    {
        _clock.Advance(TimeSpan.FromDays(1));
        return new BackupRun(_plans, _ends, _clock) { AcceptChange = isAccepted }.RunAsync("night.ly", cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private async Task<BackupResult> SavedAsync(bool isAccepted = false)
    {
        BackupResult result = await RunAsync(isAccepted: isAccepted);
        Assert.Equal((BackupOutcome.Success, ""), (result.Outcome, string.Join(" ", result.Messages)));
        return result;
    }

    private void Remove(int year)
    {
        foreach (MemoryItem item in _ends.Mailbox.Items.Where(i => i.Item.Subject.StartsWith(year + " ", StringComparison.Ordinal)).ToList())
        {
            _ends.Mailbox.Remove(item);
        }
    }

    private void Add(int year, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ends.Mailbox.Item(year + " " + Guid.NewGuid().ToString("N"));
            _ends.Mailbox.Items.Last().Item.Properties.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(year, 5, 1, 0, 0, 0, TimeSpan.Zero));
        }
    }
}
