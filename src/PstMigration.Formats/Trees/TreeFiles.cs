using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The file system as trees of mail use it: long paths, links never followed, and errors as <see cref="MailDataException"/>s.</summary>
internal static class TreeFiles
{
    private const int BufferSize = 64 * 1024;

    /// <summary>What this project's own files in a tree begin with.</summary>
    public const string OwnPrefix = ".pstmigration-";

    /// <summary>A store key for what lies at a path: the prefix and 128 bits of a hash, so that no path stands in a mail.</summary>
    public static string StoreKey(string prefix, string path)
    {
        string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        string same = Path.DirectorySeparatorChar == '\\' ? full.ToUpperInvariant() : full;
        return prefix + ":" + Sha256.Hex(same).Substring(0, 32);
    }

    /// <summary>The version of a file that is one item: its length and the time it was written last, to 100 ns. Null where that cannot be told any more.</summary>
    public static ItemVersion? VersionOf(FileInfo file)
    {
        try
        {
            return new ItemVersion(string.Format(CultureInfo.InvariantCulture, "{0:x}.{1:x}", file.Length, file.LastWriteTimeUtc.Ticks));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>When a file was written last; null where that cannot be told any more.</summary>
    public static DateTimeOffset? TimeOf(FileInfo file)
    {
        try
        {
            return file.Exists ? file.LastWriteTimeUtc : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a file; null where that cannot be told any more.</summary>
    public static long? SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a file that others may be reading or changing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static FileStream OpenRead(string path) => OpenRead(path, long.MaxValue);

    /// <summary>The same to read no more than a number of bytes of it: a message is opened several times, and its buffers would be ten times as large as it is.</summary>
    public static FileStream OpenRead(string path, long most) =>
        Read(path, p => PlainFile.OpenRead(p, (int)Math.Min(Math.Max(most, 1), BufferSize)));

    /// <summary>
    /// What is in a directory, by names. Links are only counted: a tree from elsewhere must not lead out of itself. On Windows files that are no links have that
    /// attribute too (kept in the cloud, deduplicated), and links need a right to be made.
    /// </summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static DirectoryContent List(string path) => Read(path, p =>
    {
        List<FileInfo> files = [];
        List<string> directories = [];
        List<string> lost = [];
        int links = 0;
        foreach (FileSystemInfo entry in new DirectoryInfo(LongPath.Of(p)).EnumerateFileSystemInfos())
        {
            if (LostName.IsOf(entry))
            {
                lost.Add(entry.Name);
                continue;
            }

            bool isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            if (entry is FileInfo file && (!isLink || Path.DirectorySeparatorChar == '\\'))
            {
                files.Add(file);
            }
            else if (isLink)
            {
                links++;
            }
            else
            {
                directories.Add(entry.Name);
            }
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        directories.Sort(StringComparer.Ordinal);
        return new DirectoryContent(files, directories, links) { Lost = lost };
    });

    /// <summary>Names of the files in a directory, ordered.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static IEnumerable<string> Files(string path) => List(path).Files.Select(f => f.Name);

    /// <summary>All names taken in a directory, those of links too.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static IReadOnlyList<string> Names(string path) =>
        Read(path, p => new DirectoryInfo(LongPath.Of(p)).EnumerateFileSystemInfos().Select(i => i.Name).ToList());

    /// <summary>Does something to read a path.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The error of something that cannot be read.</summary>
    /// <param name="place">What people know it by: a path.</param>
    /// <param name="e">The cause.</param>
    public static MailDataException Unreadable(string place, Exception e) => e is NotAFileException ? new(FileErrorIds.NotAFile, e.Message, e)
        : e is PathOfOtherKindException ? new(FileErrorIds.PathOfOtherKind, e.Message, e)
        : new(FormatErrorIds.SourceUnreadable, string.Format(Strings.Culture, Strings.SourceUnreadable, place), e);
}

/// <summary>What is in a directory.</summary>
/// <param name="Files">The files, ordered by name.</param>
/// <param name="Directories">The names of the directories, ordered.</param>
/// <param name="Links">How many links there are, which are not followed.</param>
internal sealed record DirectoryContent(IReadOnlyList<FileInfo> Files, IReadOnlyList<string> Directories, int Links)
{
    /// <summary>Names of files and directories that cannot be opened (<see cref="LostName"/>).</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
