using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Copies of backups. Where <c>PSTMIGRATION_CLONING_FOLDER</c> names a folder of a file system that clones files (XFS, Btrfs), there too.</summary>
public sealed class BackupCopyTests : IDisposable
{
    private const int Size = (5 * 1024 * 1024) + 123;

    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Environment.GetEnvironmentVariable("PSTMIGRATION_CLONING_FOLDER") ?? Path.GetTempPath(), "pstmigration-copy-" + Guid.NewGuid().ToString("N"))).FullName;

    private readonly byte[] _bytes = new byte[Size];
    private readonly bool _clones;

    public BackupCopyTests()
    {
        new Random(1).NextBytes(_bytes);
        File.WriteAllBytes(Source, _bytes);
        string probe = Path.Combine(_folder, "probe");
        using (FileStream from = File.OpenRead(Source))
        using (FileStream to = File.Create(probe))
        {
            _clones = FileClone.TryClone(from, to);
        }

        Assert.True(_clones || Environment.GetEnvironmentVariable("PSTMIGRATION_CLONING_FOLDER") is null, "That folder clones no files.");
        Assert.Equal(_clones ? Size : 0, new FileInfo(probe).Length);
        File.Delete(probe);
    }

    private string Source => Path.Combine(_folder, "source.pst");

    private string Target => Path.Combine(_folder, "target.pst");

    [Fact]
    public void A_copy_is_the_same_and_its_own()
    {
        Assert.Equal(_clones ? 0 : Size, BackupCopy.Copy(Source, Target, TestContext.Current.CancellationToken));

        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        File.WriteAllBytes(Target, [1]);
        Assert.Equal(_bytes, File.ReadAllBytes(Source));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 65536)]
    [InlineData(1, 5000, 131072)]
    [InlineData(3, -70000, 196608)]
    public void Of_an_older_copy_the_blocks_that_changed_are_written(int changes, int longer, int atMost)
    {
        BackupCopy.Copy(Source, Target, TestContext.Current.CancellationToken);
        byte[] now = new byte[Size + longer];
        Array.Copy(_bytes, now, Math.Min(Size, now.Length));
        for (int i = 0; i < changes; i++)
        {
            now[i * 1_000_000] ^= 1;
        }

        File.WriteAllBytes(Source, now);
        File.WriteAllText(Target + AtomicFile.Suffix, "left by a run that was killed");

        long written = BackupCopy.Update(Source, Target, TestContext.Current.CancellationToken);

        Assert.Equal(now, File.ReadAllBytes(Target));
        Assert.InRange(written, 0, _clones ? atMost : now.Length);
        Assert.False(File.Exists(Target + AtomicFile.Suffix));
    }

    [Fact]
    public void A_copy_that_was_missing_or_is_damaged_is_made_whole()
    {
        BackupCopy.Update(Source, Target, TestContext.Current.CancellationToken);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        File.WriteAllBytes(Target, new byte[1000]);

        BackupCopy.Update(Source, Target, TestContext.Current.CancellationToken);

        Assert.Equal(_bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public void One_that_is_stopped_leaves_the_older_copy()
    {
        File.WriteAllBytes(Target, [1, 2, 3]);
        using CancellationTokenSource stopped = new();
        stopped.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => BackupCopy.Update(Source, Target, stopped.Token));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
