using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

public sealed class BackupNotesTests
{
    /// <summary>Whoever writes a line to the log may be the one to tell that it cannot be kept, while the run tells something itself.</summary>
    [Fact]
    public void Several_threads_may_tell_at_once()
    {
        const int Each = 2_000;
        BackupNotes notes = new();

        Parallel.For(0, 8, t =>
        {
            for (int i = 0; i < Each; i++)
            {
                notes.Add($"{t}.{i}");
            }
        });

        Assert.Equal(8 * Each, notes.ToList().Distinct().Count());
        Assert.False(notes.HasWarnings);
    }

    [Fact]
    public void What_was_taken_stays_as_it_was()
    {
        BackupNotes notes = new();
        notes.Warn("first");
        IReadOnlyList<string> taken = notes.ToList();
        notes.AddFirst("error");

        Assert.Equal(["first"], taken);
        Assert.Equal(["error", "first"], notes.ToList());
        Assert.True(notes.HasWarnings);
    }
}
