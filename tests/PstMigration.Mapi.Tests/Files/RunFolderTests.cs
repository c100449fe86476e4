using Xunit;

namespace PstMigration.Mapi.Tests.Files;

public sealed class RunFolderTests
{
    [Fact]
    public void It_vanishes_with_its_files()
    {
        string path;
        using (RunFolder folder = RunFolder.Create())
        {
            path = folder.Path;
            File.WriteAllText(folder.NewFile(), "mail");
            File.WriteAllText(folder.NewFile(), "more");
            Assert.Equal(3, Directory.GetFiles(path).Length);
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void One_whose_process_was_killed_is_cleared_away_and_one_in_use_is_not()
    {
        Assert.SkipWhen(Type.GetType("Mono.Runtime") is not null, "Locks of mono bind its own process alone: nothing is cleared away.");
        using RunFolder used = RunFolder.Create();
        string kept = used.NewFile();
        File.WriteAllText(kept, "mail");

        // As a kill leaves it: the lock file exists, and nobody holds it.
        string left = used.Path + "-left";
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "1"), "mail");
        File.WriteAllText(Path.Combine(left, "22"), "mail");
        File.WriteAllText(Path.Combine(left, "22-wal"), "mail");

        // Another process that runs tests may have been there before.
        RunFolder.ClearAway();

        Assert.False(Directory.Exists(left));
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public void What_is_not_of_a_run_stays()
    {
        string left;
        using (RunFolder folder = RunFolder.Create())
        {
            left = folder.Path + "-left";
        }

        Directory.CreateDirectory(Path.Combine(left, "1"));
        try
        {
            File.WriteAllText(Path.Combine(left, "notes.txt"), "somebody's");
            File.WriteAllText(Path.Combine(left, "1", "2"), "somebody's");

            RunFolder.ClearAway();

            Assert.True(File.Exists(Path.Combine(left, "notes.txt")) && File.Exists(Path.Combine(left, "1", "2")));
        }
        finally
        {
            Directory.Delete(left, recursive: true);
        }
    }

#if NET
    [Fact]
    public void A_link_to_a_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights on Windows.");
        string precious = Directory.CreateTempSubdirectory("precious-").FullName;
        File.WriteAllText(Path.Combine(precious, "1"), "mail");
        string link = Path.Combine(Path.GetTempPath(), "PstMigration-" + Guid.NewGuid().ToString("N"));
        Directory.CreateSymbolicLink(link, precious);
        try
        {
            RunFolder.ClearAway();

            Assert.True(File.Exists(Path.Combine(precious, "1")));
        }
        finally
        {
            File.Delete(link);
            Directory.Delete(precious, recursive: true);
        }
    }
#endif
}
