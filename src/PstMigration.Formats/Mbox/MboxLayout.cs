using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Where mbox files lie. This project writes <c>Inbox/Inbox.mbox</c>. Read are also <c>Inbox.mbox/mbox</c> (Apple Mail), <c>Inbox/mbox</c> (readpst),
/// and <c>Inbox</c> with <c>Inbox.sbd/</c> (Thunderbird, Evolution) or <c>.Inbox.directory/</c> (KMail) beside it.
/// </summary>
internal static class MboxLayout
{
    private const string Ending = ".mbox";
    private const string RootFile = "mail.mbox";

    /// <summary>The file of a folder that is a directory.</summary>
    public static string FileOf(string root, string directory) =>
        Path.Combine(directory, directory == root ? RootFile : Path.GetFileName(directory) + Ending);

    /// <summary>Folders and their files below a directory, parents before children.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="passed">Is told what is none.</param>
    /// <param name="claims">What other formats read, where there are others.</param>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static IReadOnlyList<MboxFolder> Find(string root, PassedOver? passed = null, MailClaims? claims = null)
    {
        List<MboxFolder> folders = [];
        HashSet<FolderPath> known = [];
        Stack<(FolderPath Path, string Directory)> open = new([(FolderPath.Root, root)]);
        while (open.Count > 0)
        {
            (FolderPath path, string directory) = open.Pop();
            FolderCard? card = FolderCard.Read(directory);
            if (Look(directory, directory == root) is not DirectoryContent content)
            {
                // Whoever reads the folder is told that it cannot be.
                folders.Add(new MboxFolder(path, card, directory, IsSure: false));
                continue;
            }

            List<(string Name, bool IsSure)> files = [];
            foreach (string name in content.Files.Select(f => f.Name).Where(n => claims is null || MailClaims.MayBeMbox(content, n)))
            {
                bool? isMbox = IsMbox(Path.Combine(directory, name));
                if (isMbox != false)
                {
                    files.Add((name, isMbox == true));
                }
            }

            passed?.Set(directory, LeftOut.Of(content, n => files.Any(f => f.Name == n)));
            (string? own, bool isOwnSure) = files.FirstOrDefault(f => IsOwn(f.Name, directory));
            path = path.Names.Count == 0 && IsBundle(directory, own) ? path.Append(Without(Path.GetFileName(directory), Ending)) : path;
            Tell(passed, content, IsBundle(directory, own));
            bool isNew = known.Add(path);
            if (isNew || own is not null)
            {
                // A file and a directory may claim one name: the second is then called what it is called.
                FolderPath named = isNew ? path : DirectoryTree.Distinct(path.Parent.Append(Path.GetFileName(directory)), known.Contains);
                known.Add(named);
                folders.Add(new MboxFolder(named, card, own is null ? "" : Path.Combine(directory, own), isOwnSure));
            }

            foreach ((string file, bool isSure) in files.Where(f => f.Name != own))
            {
                FolderPath child = path.Append(NameOf(directory, file, Ending));
                child = known.Add(child) ? child : DirectoryTree.Distinct(path.Append(file), known.Contains);
                known.Add(child);
                folders.Add(new MboxFolder(child, null, Path.Combine(directory, file), isSure));
            }

            foreach (string name in content.Directories.Reverse())
            {
                string child = Path.Combine(directory, name);
                if (claims is not null && (claims.IsPart(child) || ItemFileName.IsOfDocument(name)))
                {
                    continue;
                }

                string shown = NameOf(directory, SubfolderDirectory.FolderOf(name) ?? name, Ending);
                open.Push((path.Append(FolderCard.Read(child)?.Name ?? shown), child));
            }
        }

        return folders;
    }

    private static DirectoryContent? Look(string directory, bool isRoot)
    {
        try
        {
            return TreeFiles.List(directory);
        }
        catch (MailDataException) when (!isRoot)
        {
            return null;
        }
    }

    /// <summary>Apple Mail, and its export, makes a directory of a folder: <c>Name.mbox/mbox</c>.</summary>
    private static bool IsBundle(string directory, string? own) =>
        own == "mbox" && Path.GetFileName(directory).EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Says whose layout it is, as far as this directory shows it.</summary>
    private static void Tell(PassedOver? passed, DirectoryContent content, bool isBundle)
    {
        bool isThunderbird = content.Directories.Any(d => d.EndsWith(SubfolderDirectory.Thunderbird, StringComparison.OrdinalIgnoreCase))
            || content.Files.Any(f => f.Name.EndsWith(".msf", StringComparison.OrdinalIgnoreCase));
        if (passed is not null && (isThunderbird || isBundle))
        {
            passed.Format = isThunderbird ? "Mbox (Thunderbird)" : "Mbox (Apple Mail)";
        }
    }

    /// <summary>What a folder is called: Thunderbird keeps folders of servers under the names these give them.</summary>
    private static string NameOf(string directory, string name, string ending) =>
        ProgramFiles.HasIndex(Path.Combine(directory, name)) ? ModifiedUtf7.Decode(name) : Without(name, ending);

    private static bool IsOwn(string file, string directory) =>
        file.Equals("mbox", StringComparison.OrdinalIgnoreCase) || file.Equals(RootFile, StringComparison.OrdinalIgnoreCase)
        || file.Equals(Path.GetFileName(directory) + Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Files of other kinds lie among them (indexes, settings): what begins as an mbox is one, and of Thunderbird an empty file with an index. Null for what cannot be read.</summary>
    private static bool? IsMbox(string path)
    {
        try
        {
            return !AtomicFile.IsUnfinished(path) && Path.GetFileName(path)[0] != '.'
                && (MboxReader.IsMbox(path) || (ProgramFiles.HasIndex(path) && new FileInfo(LongPath.Of(path)).Length == 0));
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    private static string Without(string name, string ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - ending.Length) : name;
}

/// <summary>A folder that is an mbox file.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Card">What its directory says of it.</param>
/// <param name="File">The full path of the file; empty where there is none.</param>
/// <param name="IsSure">Whether there is a file, and it can be read.</param>
internal sealed record MboxFolder(FolderPath Path, FolderCard? Card, string File, bool IsSure);
