using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A folder in the index of a tree of HTML documents.</summary>
/// <param name="Name">What it is called, safe to show.</param>
/// <param name="Depth">How deep it is, those right below the root being 0.</param>
/// <param name="Directory">The full path of its directory.</param>
/// <param name="Path">The names of the directories down to it.</param>
/// <param name="Role">What it is for.</param>
internal sealed record HtmlIndexFolder(string Name, int Depth, string Directory, IReadOnlyList<string> Path, FolderRole Role)
{
    /// <summary>What is in it, the oldest first.</summary>
    public List<HtmlIndexEntry> Entries { get; } = [];

    /// <summary>
    /// The folders that hold something or have one below them that does, in the order in which people look for them: those with a role first, then by name,
    /// each before what is in it.
    /// </summary>
    /// <param name="folders">All folders.</param>
    /// <param name="root">The full path of the tree.</param>
    /// <param name="holdsItems">Whether a directory holds documents.</param>
    public static List<HtmlIndexFolder> Arrange(IEnumerable<DirectoryFolder> folders, string root, Func<string, bool> holdsItems)
    {
        ILookup<FolderPath, DirectoryFolder> children = folders.Where(f => f.Path.Names.Count > 0).ToLookup(f => f.Path.Parent);
        List<HtmlIndexFolder> arranged = [];
        if (holdsItems(root))
        {
            arranged.Add(new HtmlIndexFolder(ShownText.Line(System.IO.Path.GetFileName(root)), 0, root, [], FolderRole.Root));
        }

        Add(FolderPath.Root, []);
        return arranged;

        bool Add(FolderPath parent, IReadOnlyList<string> path)
        {
            bool isAny = false;
            foreach (DirectoryFolder folder in children[parent]
                .OrderBy(f => f.Role == FolderRole.None ? int.MaxValue : (int)f.Role)
                .ThenBy(f => f.Path.Name, StringComparer.Create(Strings.Culture ?? System.Globalization.CultureInfo.CurrentUICulture, ignoreCase: true)))
            {
                string[] own = [.. path, System.IO.Path.GetFileName(folder.Directory)];
                arranged.Add(new HtmlIndexFolder(ShownText.Line(folder.Path.Name), path.Count, folder.Directory, own, folder.Role));
                int at = arranged.Count;
                if (Add(folder.Path, own) || holdsItems(folder.Directory))
                {
                    isAny = true;
                }
                else
                {
                    arranged.RemoveRange(at - 1, arranged.Count - at + 1);
                }
            }

            return isAny;
        }
    }
}
