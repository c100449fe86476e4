using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Gives the folders of different kinds paths of their own. Calendars, contact folders and task lists have names beside those of mail folders, while everybody else knows a folder by its path alone:
/// a calendar that is called like a mail folder is "name (2)" wherever the mailbox is read. Folders of one kind and one name share a path, as they do in any store.
/// </summary>
internal static class DistinctPaths
{
    /// <summary>The same folders in the same order. Which one keeps a name does not depend on that order: the default folder of its kind, else mail, and what people do not see last.</summary>
    public static List<GraphFolder> Of(IReadOnlyList<GraphFolder> all)
    {
        Dictionary<(GraphFolderKind, FolderPath), FolderPath> paths = [];
        foreach (IGrouping<int, GraphFolder> level in all.GroupBy(f => f.Path.Names.Count).OrderBy(g => g.Key))
        {
            Assign([.. level], paths);
        }

        return [.. all.Select(f => f with { Path = paths[(f.Kind, f.Path)] })];
    }

    /// <summary>The folders of one depth, whose parents have their paths.</summary>
    private static void Assign(List<GraphFolder> level, Dictionary<(GraphFolderKind, FolderPath), FolderPath> paths)
    {
        FolderPath Below(GraphFolder folder) => folder.Path.Names.Count > 0 && paths.TryGetValue((folder.Kind, folder.Path.Parent), out FolderPath? parent)
            ? parent.Append(folder.Path.Name)
            : folder.Path;

        List<IGrouping<FolderPath, GraphFolder>> names = [.. level.GroupBy(Below).OrderBy(g => g.Key.ToString(), StringComparer.OrdinalIgnoreCase)];
        HashSet<FolderPath> taken = [.. names.Select(g => g.Key)];
        foreach (IGrouping<FolderPath, GraphFolder> name in names)
        {
            int number = 1;
            foreach (IGrouping<GraphFolderKind, GraphFolder> kind in name.OrderBy(f => f.IsHidden).ThenBy(f => f.Role == FolderRole.None).ThenBy(f => f.Kind).GroupBy(f => f.Kind))
            {
                while (number > 1 && !taken.Add(name.Key.WithNumber(number)))
                {
                    number++;
                }

                foreach (GraphFolder folder in kind)
                {
                    paths[(folder.Kind, folder.Path)] = number > 1 ? Below(folder).WithNumber(number) : Below(folder);
                }

                number++;
            }
        }
    }
}
