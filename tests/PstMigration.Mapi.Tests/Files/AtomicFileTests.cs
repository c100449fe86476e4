using Xunit;

namespace PstMigration.Mapi.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "atomic-" + Guid.NewGuid().ToString("N"));

    public AtomicFileTests() => Directory.CreateDirectory(_folder);

    private string Target => Path.Combine(_folder, "a.eml");

    private string Unfinished => Target + AtomicFile.Suffix;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_killed_run_left_is_begun_anew()
    {
        File.WriteAllText(Unfinished, "half of a mail that was long");

        Write("mail");
        AtomicFile.Finish(Target, replace: false);

        Assert.Equal("mail", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_somebody_is_writing_is_left_to_them()
    {
        using FileStream other = AtomicFile.Create(Unfinished, FileAccess.Write, 1);

        Assert.ThrowsAny<IOException>(() => AtomicFile.Create(Unfinished, FileAccess.Write, 1));
        Assert.True(File.Exists(Unfinished));
    }

#if NET
    [Fact]
    public void A_planted_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights on Windows.");
        string precious = Path.Combine(_folder, "precious.pst");
        File.WriteAllText(precious, "years");
        File.CreateSymbolicLink(Unfinished, precious);

        Write("mail");
        AtomicFile.Finish(Target, replace: false);

        Assert.Equal(("years", "mail"), (File.ReadAllText(precious), File.ReadAllText(Target)));
        Assert.Null(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void A_planted_link_to_a_directory_is_not_written_into()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights on Windows.");
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        Directory.CreateSymbolicLink(Unfinished, other);

        AtomicFile.CreateUnfinishedDirectory(Unfinished);
        File.WriteAllText(Path.Combine(Unfinished, "1"), "mail");

        Assert.Empty(Directory.GetFiles(other));
    }

    [Fact]
    public void A_planted_pipe_keeps_nobody_waiting()
    {
        Pipes.Make(Unfinished);

        Write("mail");
        AtomicFile.Finish(Target, replace: false);

        Assert.Equal("mail", File.ReadAllText(Target));
    }

    [Fact]
    public void Mail_is_its_owners_alone_and_what_is_replaced_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        Write("first");
        AtomicFile.Finish(Target, replace: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));

        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(Target, Shared);
        Write("second");
        AtomicFile.Finish(Target, replace: true);

        Assert.Equal((Shared, "second"), (File.GetUnixFileMode(Target), File.ReadAllText(Target)));
        AtomicFile.CreateDirectory(Path.Combine(_folder, "new"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "new")));
    }

    [Fact]
    public void A_pipe_is_neither_read_nor_replaced()
    {
        Pipes.Make(Target);
        Write("mail");

        Assert.ThrowsAny<IOException>(() => AtomicFile.Finish(Target, replace: true));
        Assert.ThrowsAny<IOException>(() => PlainFile.OpenRead(Target, 1));
        Assert.ThrowsAny<IOException>(() => PlainFile.Check("/dev/null"));
        PlainFile.Check(_folder);
        PlainFile.Check(Path.Combine(_folder, "nothing"));
    }

    [Fact]
    public void A_file_that_was_deleted_or_replaced_is_not_in_its_place()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody replace an open file.");
        File.WriteAllText(Target, "mail");
        using FileStream open = new(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Assert.True(PlainFile.IsInPlace(open, Target));

        File.Delete(Target);
        Assert.False(PlainFile.IsInPlace(open, Target));
        File.WriteAllText(Target, "other");
        Assert.False(PlainFile.IsInPlace(open, Target));
    }
#endif

    private void Write(string text)
    {
        using StreamWriter writer = new(AtomicFile.Create(Unfinished, FileAccess.Write, 1));
        writer.Write(text);
    }
}
