using Xunit;

namespace PstMigration.Mapi.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "lock-" + Guid.NewGuid().ToString("N"));

    public FileLockTests() => Directory.CreateDirectory(_folder);

    private string Lock => Path.Combine(_folder, "a.lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_has_it_at_a_time_and_nothing_is_left()
    {
        Assert.False(FileLock.IsTaken(Lock));
        using (FileLock.Take(Lock))
        {
            Assert.True(FileLock.IsTaken(Lock));
            Assert.Throws<IOException>(() => FileLock.Take(Lock));
        }

        Assert.False(FileLock.IsTaken(Lock));
        Assert.Empty(Directory.GetFiles(_folder));
        FileLock.Take(Lock).Dispose();
    }

    [Fact]
    public void What_a_killed_process_left_keeps_nobody_out()
    {
        File.WriteAllBytes(Lock, []);

        Assert.False(FileLock.IsTaken(Lock));
        FileLock.Take(Lock).Dispose();
    }

#if NET
    [Fact]
    public void A_link_in_its_place_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights on Windows.");
        string precious = Path.Combine(_folder, "precious.pst");
        File.WriteAllText(precious, "mail");
        File.CreateSymbolicLink(Lock, precious);

        Assert.Throws<IOException>(() => FileLock.Take(Lock));
        Assert.False(FileLock.IsTaken(Lock));
        Assert.Equal("mail", File.ReadAllText(precious));
    }

    [Fact]
    public void A_pipe_in_its_place_is_refused_at_once()
    {
        Pipes.Make(Lock);

        Assert.False(FileLock.IsTaken(Lock));
        Assert.Throws<IOException>(() => FileLock.Take(Lock));
    }

    [Fact]
    public void It_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        using FileLock taken = FileLock.Take(Lock);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Lock));
    }
#endif
}
