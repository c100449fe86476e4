using PstMigration.Pst;
using Xunit;

namespace PstMigration.Tests;

public sealed class PstHandleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly string _path;
    private readonly ManualClock _clock = new();

    public PstHandleTests()
    {
        _path = Path.Combine(_folder.FullName, "a.pst");
        using PstFileBuilder builder = PstFileBuilder.Create(_path, new PstCreateOptions());
        builder.Complete();
    }

    [Fact]
    public void Users_share_one_open_file_that_lingers()
    {
        PstHandle handle = new(_path, PstOpenOptions.Default, _clock);
        PstLease first = handle.Open();
        PstLease second = handle.Open();

        Assert.Same(first.File, second.File);
        first.Dispose();
        first.Dispose();
        _clock.Fire();
        Assert.True(handle.IsOpen);
        second.Dispose();
        Assert.True(handle.IsOpen);
        using (PstLease third = handle.Open())
        {
            // A timer that was set before somebody came back closes nothing.
            _clock.Fire();
            Assert.Same(second.File, third.File);
            Assert.Equal("", third.File.Root.Name);
        }

        _clock.Fire();
        Assert.False(handle.IsOpen);
        using PstLease again = handle.Open();
        Assert.NotSame(second.File, again.File);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_leaves_nothing_behind()
    {
        PstHandle handle = new(Path.Combine(_folder.FullName, "none.pst"), PstOpenOptions.Default, _clock);

        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => handle.Open()).Id);
        Assert.False(handle.IsOpen);
    }

    [Fact]
    public void A_cmdlet_that_has_ended_lets_go_at_once()
    {
        PstHandle handle = new(_path, PstOpenOptions.Default, _clock);
        handle.Open(lingers: false).Dispose();

        Assert.False(handle.IsOpen);
        using FileStream alone = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.NotEqual(0, alone.Length);
    }

    [Fact]
    public void A_file_that_was_replaced_is_opened_anew()
    {
        PstHandle handle = new(_path, PstOpenOptions.Default, _clock);
        PstFile before;
        using (PstLease lease = handle.Open())
        {
            before = lease.File;
        }

        string other = Path.Combine(_folder.FullName, "b.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(other, new PstCreateOptions()))
        {
            builder.CreateFolder(builder.RootFolder, "new", "IPF.Note");
            builder.Complete();
        }

        File.Delete(_path);
        File.Move(other, _path);

        using PstLease after = handle.Open();
        Assert.NotSame(before, after.File);
    }

    public void Dispose()
    {
        _clock.Fire();
        _folder.Delete(recursive: true);
    }

    private sealed class ManualClock : TimeProvider
    {
        private readonly List<Action> _due = [];

        public void Fire()
        {
            Action[] due = [.. _due];
            _due.Clear();
            Array.ForEach(due, d => d());
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _due.Add(() => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public System.Threading.Tasks.ValueTask DisposeAsync() => default;
        }
    }
}
