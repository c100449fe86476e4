using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Where mbox files lie. This project writes <c>Inbox/Inbox.mbox</c>. Read are also <c>Inbox.mbox/mbox</c> (Apple Mail), <c>Inbox/mbox</c> (readpst),
/// and <c>Inbox</c> with <c>Inbox.sbd/</c> beside it (Thunderbird, Evolution).
/// </summary>
internal static class MboxLayout
{
    private const string Ending = ".mbox";
    private const string Subfolders = ".sbd";
    private const string RootFile = "mail.mbox";
    private const int MaximumDepth = 64;

    /// <summary>The file of a folder that is a directory.</summary>
    public static string FileOf(string root, string directory) =>
        Path.Combine(directory, directory == root ? RootFile : Path.GetFileName(directory) + Ending);

    /// <summary>Folders and their files below a directory, parents before children; a folder without a file has an empty one.</summary>
    public static IReadOnlyList<(FolderPath Path, FolderCard? Card, string File)> Find(string root)
    {
        List<(FolderPath, FolderCard?, string)> folders = [];
        HashSet<FolderPath> known = [];
        Stack<(FolderPath Path, string Directory)> open = new([(FolderPath.Root, root)]);
        while (open.Count > 0)
        {
            (FolderPath path, string directory) = open.Pop();
            IReadOnlyList<string> files = [.. TreeFiles.Files(directory).Where(f => IsMbox(Path.Combine(directory, f)))];
            string? own = files.FirstOrDefault(f => IsOwn(f, directory));
            if (known.Add(path))
            {
                folders.Add((path, FolderCard.Read(directory), own is null ? "" : Path.Combine(directory, own)));
            }

            foreach (string file in files.Where(f => f != own))
            {
                FolderPath child = path.Append(Without(file, Ending));
                child = known.Add(child) ? child : path.Append(file);
                known.Add(child);
                folders.Add((child, null, Path.Combine(directory, file)));
            }

            IReadOnlyList<string> directories = path.Names.Count < MaximumDepth ? TreeFiles.Directories(directory) : [];
            foreach (string name in directories.Reverse())
            {
                string child = Path.Combine(directory, name);
                string shown = Without(Without(name, Subfolders), Ending);
                open.Push((path.Append(FolderCard.Read(child)?.Name ?? shown), child));
            }
        }

        return folders;
    }

    private static bool IsOwn(string file, string directory) =>
        file.Equals("mbox", StringComparison.OrdinalIgnoreCase) || file.Equals(RootFile, StringComparison.OrdinalIgnoreCase)
        || file.Equals(Path.GetFileName(directory) + Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Files of other kinds lie among them (indexes, settings): what begins as an mbox is one.</summary>
    private static bool IsMbox(string path) =>
        !path.EndsWith(Partial.Suffix, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(path)[0] != '.' && MboxReader.IsMbox(path);

    private static string Without(string name, string ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - ending.Length) : name;
}
