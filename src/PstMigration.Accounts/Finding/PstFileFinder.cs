using System.Runtime.InteropServices;
using PstMigration.Accounts.Outlook;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Finding;

/// <summary>
/// Finds Outlook data files in folders and in Outlook's profiles. Opens none of them: one that is in the cloud only stays there.
/// </summary>
/// <remarks>
/// Results come one by one. A folder that cannot be listed is told and the others are searched. Symbolic links, junctions and mounted
/// volumes below a folder are not entered, which is why no search goes in circles; name them to have them searched.
/// </remarks>
public sealed class PstFileFinder
{
    private readonly IFolderListing _disk;
    private readonly OneDriveFolders _oneDrive;
    private readonly Action<MailDataException> _onError;
    private readonly Dictionary<string, string> _profiles;
    private readonly HashSet<string> _found;

    /// <summary>A finder.</summary>
    /// <param name="onError">Hears of folders that cannot be listed and of data files that are gone.</param>
    /// <param name="profiles">Outlook's profiles, so that files can be told apart from those nobody uses.</param>
    public PstFileFinder(Action<MailDataException> onError, IEnumerable<OutlookProfile>? profiles = null)
        : this(onError, profiles, new DiskFolderListing(), OneDriveFolders.OfThisUser())
    {
    }

    internal PstFileFinder(Action<MailDataException> onError, IEnumerable<OutlookProfile>? profiles, IFolderListing disk, OneDriveFolders oneDrive)
    {
        _onError = onError ?? throw new ArgumentNullException(nameof(onError));
        _disk = disk;
        _oneDrive = oneDrive;
        StringComparer comparer = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _found = new HashSet<string>(comparer);
        _profiles = new Dictionary<string, string>(comparer);
        foreach (OutlookDataFile file in (profiles ?? []).SelectMany(p => p.DataFiles))
        {
            _profiles[file.Path] = file.Profile;
        }
    }

    /// <summary>Include .ost files, the caches of mailboxes.</summary>
    public bool IncludesOst { get; init; }

    /// <summary>Search the folders below too.</summary>
    public bool Recurses { get; init; } = true;

    /// <summary>Where Outlook puts data files of this user, and the user's documents; those that exist.</summary>
    public static IEnumerable<string> DefaultFolders()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        string documents = Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments);
        string[] folders = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? [Path.Combine(local, "Microsoft", "Outlook"), documents] : [documents];
        return folders.Where(f => f.Length > 0 && Directory.Exists(f));
    }

    /// <summary>The same of everybody on this PC, as far as it can be looked into.</summary>
    /// <param name="users">The folder with one folder for each user.</param>
    public static IEnumerable<string> FoldersOfUsers(string users)
    {
        bool isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        foreach (string home in Directory.EnumerateDirectories(users ?? throw new ArgumentNullException(nameof(users))))
        {
            string[] folders = isWindows ? [Path.Combine(home, "AppData", "Local", "Microsoft", "Outlook"), Path.Combine(home, "Documents")] : [Path.Combine(home, "Documents")];
            foreach (string folder in folders.Where(Directory.Exists))
            {
                yield return folder;
            }
        }
    }

    /// <summary>Where the folders of users are. The system's own account, which deployment tools run as, has its own elsewhere.</summary>
    public static string UsersFolder() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? Path.GetDirectoryName(Environment.GetEnvironmentVariable("PUBLIC") ?? "") is { Length: > 0 } users ? users : @"C:\Users"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "/Users" : "/home";

    /// <summary>Data files that profiles refer to.</summary>
    /// <param name="files">From the profiles.</param>
    public IEnumerable<FoundPstFile> InProfiles(IEnumerable<OutlookDataFile> files)
    {
        foreach (OutlookDataFile file in files)
        {
            if (IsWanted(file.Path) && FindOne(file.Path, AccountsException.DataFileMissing) is FolderEntry entry && _found.Add(entry.Path))
            {
                yield return Result(entry, _disk.IsNetwork(entry.Path), PstFileOrigin.Profile, file.Profile);
            }
        }
    }

    /// <summary>Data files in a folder, or the one a path names.</summary>
    /// <param name="path">Full path of a folder or a file.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<FoundPstFile> InFolder(string path, CancellationToken cancellationToken = default)
    {
        if (FindOne(path, AccountsException.PathNotFound) is not FolderEntry root)
        {
            yield break;
        }

        bool isNetwork = _disk.IsNetwork(root.Path);
        if (!root.IsFolder)
        {
            if (_found.Add(root.Path))
            {
                yield return Result(root, isNetwork, PstFileOrigin.Folder, ProfileOf(root.Path));
            }

            yield break;
        }

        Stack<string> waiting = new([root.Path]);
        while (waiting.Count > 0)
        {
            foreach (FolderEntry entry in List(waiting.Pop(), cancellationToken))
            {
                if (entry.IsLost)
                {
                    TellLost(entry);
                }
                else if (entry.IsFolder)
                {
                    Descend(entry, waiting);
                }
                else if (IsWanted(entry.Path) && _found.Add(entry.Path))
                {
                    yield return Result(entry, isNetwork, PstFileOrigin.Folder, ProfileOf(entry.Path));
                }
            }
        }
    }

    private void TellLost(FolderEntry entry)
    {
        if (entry.IsFolder ? Recurses : IsWanted(entry.Path))
        {
            _onError(AccountsException.FileNameUnreadable(entry.Path));
        }
    }

    private void Descend(FolderEntry folder, Stack<string> waiting)
    {
        if (!Recurses || folder.IsLink)
        {
            return;
        }

        if (folder.IsUnloadedFolder)
        {
            _onError(AccountsException.FolderOnlineOnly(folder.Path));
            return;
        }

        waiting.Push(folder.Path);
    }

    private IEnumerable<FolderEntry> List(string folder, CancellationToken cancellationToken)
    {
        IEnumerator<FolderEntry>? entries = null;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                FolderEntry entry;
                try
                {
                    entries ??= _disk.List(folder).GetEnumerator();
                    if (!entries.MoveNext())
                    {
                        yield break;
                    }

                    entry = entries.Current;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
                {
                    _onError(Unreadable(folder, e));
                    yield break;
                }

                yield return entry;
            }
        }
        finally
        {
            entries?.Dispose();
        }
    }

    private FolderEntry? FindOne(string path, Func<string, AccountsException> missing)
    {
        try
        {
            FolderEntry? entry = _disk.Find(path);
            if (entry is null)
            {
                _onError(missing(path));
            }

            return entry;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException)
        {
            // ArgumentException and NotSupportedException: a profile may hold what is no path.
            _onError(Unreadable(path, e));
            return null;
        }
    }

    private static AccountsException Unreadable(string path, Exception cause) => cause is UnauthorizedAccessException or System.Security.SecurityException
        ? AccountsException.AccessDenied(path, cause)
        : AccountsException.FolderUnreadable(path, cause);

    private bool IsWanted(string path) => path.EndsWith(".pst", StringComparison.OrdinalIgnoreCase)
        || (IncludesOst && path.EndsWith(".ost", StringComparison.OrdinalIgnoreCase));

    private string? ProfileOf(string path) => _profiles.TryGetValue(path, out string? profile) ? profile : null;

    private FoundPstFile Result(FolderEntry entry, bool isNetwork, PstFileOrigin origin, string? profile) => new()
    {
        Path = entry.Path,
        Length = entry.Length,
        LastWriteTime = entry.LastWriteTime.LocalDateTime,
        IsOnlineOnly = entry.IsOnlineOnly,
        IsOneDrive = _oneDrive.Contains(entry.Path),
        IsNetwork = isNetwork,
        Origin = origin,
        Profile = profile,
    };
}
