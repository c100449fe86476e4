using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The file system as trees of mail use it: long paths, links never followed, and errors as <see cref="MailDataException"/>s.</summary>
internal static class TreeFiles
{
    /// <summary>A store key for what lies at a path: the prefix and 128 bits of a hash, so that no path stands in a mail.</summary>
    public static string StoreKey(string prefix, string path)
    {
        string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        string same = Path.DirectorySeparatorChar == '\\' ? full.ToUpperInvariant() : full;
        return prefix + ":" + Sha256.Hex(same).Substring(0, 32);
    }

    /// <summary>Opens a file that others may be reading or changing.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static FileStream OpenRead(string path) =>
        Read(path, p => new FileStream(LongPath.Of(p), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024));

    /// <summary>Names of the directories in a directory, ordered; links are not among them.</summary>
    public static IReadOnlyList<string> Directories(string path) =>
        List(path, d => d.EnumerateDirectories().Where(i => (i.Attributes & FileAttributes.ReparsePoint) == 0));

    /// <summary>
    /// Names of the files in a directory, ordered; links are not among them: a tree from elsewhere must not lead out of itself. On
    /// Windows other files have that attribute too (kept in the cloud, deduplicated), and links need a right to be made.
    /// </summary>
    public static IReadOnlyList<string> Files(string path) => List(
        path, d => d.EnumerateFiles().Where(i => Path.DirectorySeparatorChar == '\\' || (i.Attributes & FileAttributes.ReparsePoint) == 0));

    /// <summary>All names taken in a directory, those of links too, ordered.</summary>
    public static IReadOnlyList<string> Names(string path) => List(path, d => d.EnumerateFileSystemInfos());

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
            throw new MailDataException("SourceUnreadable", string.Format(Strings.Culture, Strings.SourceUnreadable, path), e);
        }
    }

    /// <summary>Does something to write a path.</summary>
    /// <exception cref="MailDataException">TreeWriteFailed.</exception>
    public static void Write(string path, Action<string> write)
    {
        try
        {
            write(LongPath.Of(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WriteFailed(path, e);
        }
    }

    public static MailDataException WriteFailed(string path, Exception e) =>
        new("TreeWriteFailed", string.Format(Strings.Culture, Strings.TreeWriteFailed, path, e.Message), e);

    private static List<string> List(string path, Func<DirectoryInfo, IEnumerable<FileSystemInfo>> list) => Read(path, p =>
        list(new DirectoryInfo(LongPath.Of(p))).Select(i => i.Name).OrderBy(n => n, StringComparer.Ordinal).ToList());
}
