using PstMigration.Accounts.Finding;
using PstMigration.Accounts.Outlook;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Accounts.Tests.Finding;

public sealed class PstFileFinderTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "pst-find-" + Guid.NewGuid().ToString("N"));
    private readonly List<MailDataException> _errors = [];

    public PstFileFinderTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "a", "b"));
        File.WriteAllBytes(Path.Combine(_root, "one.pst"), new byte[5]);
        File.WriteAllBytes(Path.Combine(_root, "a", "TWO.PST"), new byte[3]);
        File.WriteAllBytes(Path.Combine(_root, "a", "b", "cache.ost"), []);
        File.WriteAllBytes(Path.Combine(_root, "a", "b", "not.pstx"), []);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void FindsDataFilesBelowAFolder()
    {
        FoundPstFile[] files = [.. new PstFileFinder(_errors.Add).InFolder(_root).OrderBy(f => f.Name, StringComparer.Ordinal)];
        Assert.Equal(["TWO.PST", "one.pst"], files.Select(f => f.Name));
        Assert.Equal([3, 5], files.Select(f => f.Length));
        Assert.All(files, f => Assert.False(f.IsOnlineOnly || f.IsNetwork || f.IsOneDrive));
        Assert.Empty(_errors);
    }

    [Fact]
    public void OstAndRecursionAreChoices()
    {
        Assert.Equal(3, new PstFileFinder(_errors.Add) { IncludesOst = true }.InFolder(_root).Count());
        Assert.Equal("one.pst", Assert.Single(new PstFileFinder(_errors.Add) { Recurses = false }.InFolder(_root)).Name);
    }

    [Fact]
    public void OneFileIsItself() =>
        Assert.Equal(5, Assert.Single(new PstFileFinder(_errors.Add).InFolder(Path.Combine(_root, "one.pst"))).Length);

    [Fact]
    public void MissingFolderIsAnError()
    {
        Assert.Empty(new PstFileFinder(_errors.Add).InFolder(Path.Combine(_root, "none")));
        Assert.Equal("PathNotFound", Assert.Single(_errors).Id);
    }

#if NET
    [Fact]
    public void LinkedFoldersAreNotEntered()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a privilege on Windows.");
        Directory.CreateSymbolicLink(Path.Combine(_root, "a", "loop"), _root);
        Assert.Equal(2, new PstFileFinder(_errors.Add).InFolder(_root).Count());

        // The folder that was named is searched even if it is a link.
        Assert.Equal(2, new PstFileFinder(_errors.Add).InFolder(Path.Combine(_root, "a", "loop")).Count());
    }
#endif

    [Fact]
    public void FirstResultComesBeforeTheRestIsListed()
    {
        FakeDisk disk = new();
        disk.Add(@"C:\x", Folder(@"C:\x\deep"), File_(@"C:\x\first.pst"));
        disk.Deny(@"C:\x\deep");
        using IEnumerator<FoundPstFile> found = Finder(disk).InFolder(@"C:\x").GetEnumerator();
        Assert.True(found.MoveNext());
        Assert.Empty(_errors);
        Assert.False(found.MoveNext());
        Assert.Equal("AccessDenied", Assert.Single(_errors).Id);
    }

    [Fact]
    public void CloudPlaceholdersAreListedAndUnloadedFoldersLeftAlone()
    {
        FakeDisk disk = new();
        disk.Add(
            @"C:\Users\x\OneDrive - Contoso",
            File_(@"C:\Users\x\OneDrive - Contoso\here.pst"),
            File_(@"C:\Users\x\OneDrive - Contoso\offline.pst", FileAttributes.Offline),
            File_(@"C:\Users\x\OneDrive - Contoso\open.pst", (FileAttributes)0x40000),
            File_(@"C:\Users\x\OneDrive - Contoso\data.pst", (FileAttributes)0x400000),
            Folder(@"C:\Users\x\OneDrive - Contoso\unloaded", (FileAttributes)0x40000),
            Folder(@"C:\Users\x\OneDrive - Contoso\loaded", (FileAttributes)0x400000 | FileAttributes.ReparsePoint));
        disk.Add(@"C:\Users\x\OneDrive - Contoso\loaded", File_(@"C:\Users\x\OneDrive - Contoso\loaded\in.pst"));
        FoundPstFile[] files = [.. Finder(disk).InFolder(@"C:\Users\x\OneDrive - Contoso")];
        Assert.Equal([false, true, true, true, false], files.Select(f => f.IsOnlineOnly));
        Assert.All(files, f => Assert.True(f.IsOneDrive));
        Assert.Equal("FolderOnlineOnly", Assert.Single(_errors).Id);
        Assert.DoesNotContain(@"C:\Users\x\OneDrive - Contoso\unloaded", disk.Listed);
    }

    [Fact]
    public void ProfilesComeFirstAndAreNotFoundTwice()
    {
        FakeDisk disk = new();
        disk.Add(@"C:\m", File_(@"C:\m\used.pst"), File_(@"C:\m\unused.pst"));
        OutlookProfile profile = new()
        {
            Name = "P",
            DataFiles =
            [
                new OutlookDataFile { Path = @"C:\m\used.pst", Profile = "P" },
                new OutlookDataFile { Path = @"C:\gone.pst", Profile = "P" },
                new OutlookDataFile { Path = @"C:\m\cache.ost", Profile = "P", IsOst = true },
            ],
        };
        PstFileFinder finder = new(_errors.Add, [profile], disk, new OneDriveFolders([]));
        FoundPstFile used = Assert.Single(finder.InProfiles(profile.DataFiles));
        Assert.Equal(PstFileOrigin.Profile, used.Origin);
        Assert.Equal("P", used.Profile);
        Assert.Equal("DataFileMissing", Assert.Single(_errors).Id);
        Assert.Equal("unused.pst", System.IO.Path.GetFileName(Assert.Single(finder.InFolder(@"C:\m")).Path.Replace('\\', '/')));
    }

    [Theory]
    [InlineData(@"C:\Users\x\OneDrive\a.pst", true)]
    [InlineData(@"D:\Sync\a.pst", true)]
    [InlineData(@"D:\Synced\a.pst", false)]
    [InlineData(@"C:\OneDrive.pst", false)]
    [InlineData(@"C:\OneDrives\a.pst", false)]
    public void OneDriveIsKnownByItsFolders(string path, bool expected) =>
        Assert.Equal(expected, new OneDriveFolders([@"D:\Sync\", null]).Contains(path));

    private PstFileFinder Finder(FakeDisk disk) => new(_errors.Add, null, disk, new OneDriveFolders([@"C:\Users\x\OneDrive - Contoso"]));

    private static FolderEntry Folder(string path, FileAttributes attributes = 0) => new(path, FileAttributes.Directory | attributes, 0, default, false);

    private static FolderEntry File_(string path, FileAttributes attributes = 0) => new(path, FileAttributes.Archive | attributes, 1, default, false);

    private sealed class FakeDisk : IFolderListing
    {
        private readonly Dictionary<string, FolderEntry[]> _folders = [];
        private readonly HashSet<string> _denied = [];

        public List<string> Listed { get; } = [];

        public void Add(string folder, params FolderEntry[] entries) => _folders[folder] = entries;

        public void Deny(string folder) => _denied.Add(folder);

        public IEnumerable<FolderEntry> List(string folder)
        {
            Listed.Add(folder);
            return _denied.Contains(folder) ? throw new UnauthorizedAccessException() : _folders[folder];
        }

        public FolderEntry? Find(string path) => _folders.ContainsKey(path) ? Folder(path)
            : _folders.Values.SelectMany(f => f).Where(f => f.Path == path).Select(f => (FolderEntry?)f).FirstOrDefault();

        public bool IsNetwork(string path) => path.StartsWith(@"\\", StringComparison.Ordinal);
    }
}
