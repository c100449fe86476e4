using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Where the messages of a tree of .eml files lie. A directory is a folder, but for what Apple Mail makes of one: a bundle <c>Name.mbox</c> with the messages in
/// <c>Messages</c> or, of later versions, in <c>UUID/Data/1/2/Messages</c>, attachments beside these, and the bundles of its subfolders.
/// </summary>
internal sealed class EmlLayout
{
    private const string Ending = ".eml";
    /// <summary>The directory of a bundle's messages.</summary>
    public const string Messages = "Messages";

    private const string Data = "Data";
    private const string Attachments = "Attachments";

    private static readonly string[] s_bundles = [".mbox", ".imapmbox"];

    private readonly Dictionary<FolderPath, EmlFolder> _folders = [];
    private readonly HashSet<FolderRole> _roles = [FolderRole.None];

    private EmlLayout()
    {
    }

    /// <summary>The folders, parents before children; the first is the root.</summary>
    public IEnumerable<EmlFolder> Folders => _folders.Values;

    /// <summary>Whether there are bundles of Apple Mail.</summary>
    public bool HasBundles { get; private set; }

    /// <summary>What a Macintosh puts beside each file on disks that have no room for its attributes (AppleDouble).</summary>
    private const string MacintoshAttributes = "._";

    /// <summary>Whether a file is a message, by its name.</summary>
    public static bool IsMessage(string name) =>
        (name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || EmlxFile.Is(name)) && !name.StartsWith(MacintoshAttributes, StringComparison.Ordinal);

    /// <summary>Finds the folders.</summary>
    /// <param name="root">The full path of the directory.</param>
    /// <param name="claims">What other formats read, where there are others; is told which directories hold attachments.</param>
    /// <exception cref="MailDataException">SourceUnreadable: the root.</exception>
    public static EmlLayout Find(string root, MailClaims? claims = null)
    {
        EmlLayout layout = new();
        DirectoryTree tree = DirectoryTree.Open(root);
        Dictionary<string, FolderPath> places = new(StringComparer.Ordinal);
        HashSet<string> parts = new(StringComparer.Ordinal);
        foreach (DirectoryFolder folder in tree.Folders)
        {
            string name = Path.GetFileName(folder.Directory);
            string above = Path.GetDirectoryName(folder.Directory) ?? "";
            bool isRoot = folder.Path.Names.Count == 0;
            if (!isRoot && (parts.Contains(above) || IsPart(above, name) || claims?.IsPart(folder.Directory) == true))
            {
                // Attachments of messages are no messages of the folder, whatever they are called.
                parts.Add(folder.Directory);
                continue;
            }

            bool isBundle = Without(name) is not null && IsBundle(folder.Directory);
            layout.HasBundles |= isBundle;
            FolderPath parent = isRoot ? FolderPath.Root : places[above];
            FolderPath path = isBundle ? parent.Append(Without(name)!)
                : isRoot ? FolderPath.Root
                : IsInside(folder.Directory, root) ? parent
                : parent.Append(folder.Path.Name);
            if (isRoot && isBundle)
            {
                layout.Add(new EmlFolder(FolderPath.Root, FolderRole.Root, FolderClasses.Mail), null);
            }

            places.Add(folder.Directory, path);
            bool isRenamed = isBundle || !path.Equals(folder.Path);
            FolderRole role = isRenamed ? DirectoryTree.ImpliedRole(path) : folder.Role;
            layout.Add(new EmlFolder(path, role, folder.ContainerClass), folder.Directory);
        }

        claims?.AddParts(parts);
        return layout;
    }

    private void Add(EmlFolder folder, string? directory)
    {
        if (!_folders.TryGetValue(folder.Path, out EmlFolder? known))
        {
            known = folder with { Role = _roles.Add(folder.Role) ? folder.Role : FolderRole.None };
            _folders.Add(folder.Path, known);
        }

        if (directory is not null)
        {
            known.Directories.Add(directory);
        }
    }

    /// <summary>The name of a bundle's folder; null for other names.</summary>
    private static string? Without(string name) =>
        s_bundles.FirstOrDefault(b => name.Length > b.Length && name.EndsWith(b, StringComparison.OrdinalIgnoreCase)) is string ending
            ? name.Substring(0, name.Length - ending.Length) : null;

    /// <summary>Whether a directory has the inside of a bundle, or bundles of subfolders.</summary>
    private static bool IsBundle(string directory) => Directories(directory).Any(d =>
        d is Messages or Data || Without(d) is not null || Exists(directory, d, Data) || Exists(directory, d, Messages)) || File.Exists(LongPath.Of(Path.Combine(directory, "Info.plist")));

    /// <summary>Whether a directory is inside a bundle, and no folder of its own.</summary>
    private static bool IsInside(string directory, string root)
    {
        for (string? at = directory; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at))
        {
            string name = Path.GetFileName(at);
            if (Without(name) is not null)
            {
                return at != directory && IsBundle(at);
            }

            if (at == directory && !(name is Messages or Data || Exists(directory, Data) || Exists(directory, Messages) || (name.Length == 1 && char.IsDigit(name[0]))))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsPart(string above, string name) => name == Attachments && Exists(above, Messages);

    private static bool Exists(params string[] names) => Directory.Exists(LongPath.Of(Path.Combine(names)));

    private static IReadOnlyList<string> Directories(string directory)
    {
        try
        {
            return TreeFiles.List(directory).Directories;
        }
        catch (MailDataException)
        {
            // Whoever reads the folder is told.
            return [];
        }
    }
}

/// <summary>A folder of a tree of .eml files.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note.</param>
internal sealed record EmlFolder(FolderPath Path, FolderRole Role, string ContainerClass)
{
    /// <summary>The full paths of the directories its messages are in.</summary>
    public List<string> Directories { get; } = [];
}
