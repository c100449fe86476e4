using System.Runtime.InteropServices;
using PstMigration.Accounts.Compat;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Finding;

/// <summary>The file system of this machine. Attributes and sizes come with the listing of a folder, so that no file is touched.</summary>
internal sealed class DiskFolderListing : IFolderListing
{
    /// <inheritdoc/>
    public IEnumerable<FolderEntry> List(string folder) => new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(Entry);

    /// <inheritdoc/>
    public FolderEntry? Find(string path)
    {
        FileInfo file = new(path);
        if (file.Exists)
        {
            return Entry(file);
        }

        DirectoryInfo folder = new(path);
        return folder.Exists ? Entry(folder) : null;
    }

    /// <inheritdoc/>
    public bool IsNetwork(string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return !path.StartsWith(@"\\?\", StringComparison.Ordinal) && !path.StartsWith(@"\\.\", StringComparison.Ordinal)
                ? RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                : path.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase);
        }

        try
        {
            string root = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Path.GetPathRoot(path) ?? path : path;
            return new DriveInfo(root).DriveType == DriveType.Network;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FolderEntry Entry(FileSystemInfo info)
    {
        if (LostName.IsOf(info))
        {
            return new FolderEntry(info.FullName, info is DirectoryInfo ? FileAttributes.Directory : FileAttributes.Normal, 0, default, IsLink: false) { IsLost = true };
        }

        FileAttributes attributes = info.Attributes;
        return new FolderEntry(
            info.FullName,
            attributes,
            info is FileInfo file ? Length(file) : 0,
            new DateTimeOffset(info.LastWriteTimeUtc).ToLocalTime(),
            (attributes & FileAttributes.ReparsePoint) != 0 && ReparsePoint.IsLink(info.FullName));
    }

    // A link whose target is gone has no length.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
