namespace PstMigration.Mapi;

/// <summary>Picks the folders a user named out of all there are: the one rule of every <c>-Folder</c>.</summary>
public static class FolderSelection
{
    /// <summary>
    /// The folders that match, in their order. What is exactly a path is never read as a role or pattern, so that the folders
    /// one cmdlet gives are the ones the next takes. Hidden folders are chosen by what names them exactly, and only where that names no other.
    /// </summary>
    /// <param name="wanted">What was named.</param>
    /// <param name="folders">All there are.</param>
    /// <param name="path">The path of one.</param>
    /// <param name="role">The role of one.</param>
    /// <param name="isHidden">Whether one is hidden; null where none is.</param>
    /// <param name="missing">The first, without wildcards, that nothing matches; null where there is none.</param>
    public static IReadOnlyList<T> Select<T>(
        IEnumerable<FolderSelector> wanted,
        IReadOnlyList<T> folders,
        Func<T, FolderPath> path,
        Func<T, FolderRole> role,
        Func<T, bool>? isHidden,
        out FolderSelector? missing)
    {
        ILookup<bool, T> byHidden = folders.ToLookup(f => isHidden?.Invoke(f) == true);
        List<T> shown = [.. byHidden[false]];
        List<T> hidden = [.. byHidden[true]];
        Dictionary<FolderPath, FolderRole> roles = [];
        foreach (T folder in shown.Where(f => role(f) != FolderRole.None))
        {
            roles[path(folder)] = role(folder);
        }

        FolderRole RoleOf(FolderPath at) => roles.TryGetValue(at, out FolderRole known) ? known : FolderRole.None;
        HashSet<T> selected = [];
        missing = null;
        foreach (FolderSelector selector in wanted)
        {
            List<T> Named(List<T> among) => among.FindAll(f => selector.Names(path(f)));
            List<T> Fitting(List<T> among) => among.FindAll(f => selector.Matches(path(f), RoleOf));

            Func<List<T>>[] ways = selector.HasWildcards
                ? [() => Named(shown), () => Named(hidden), () => Fitting(shown)]
                : [() => Named(shown), () => Fitting(shown), () => Named(hidden), () => Fitting(hidden)];
            List<T>? found = ways.Select(way => way()).FirstOrDefault(f => f.Count > 0);
            if (found is null && !selector.HasWildcards)
            {
                missing ??= selector;
            }

            selected.UnionWith(found ?? []);
        }

        return [.. folders.Where(selected.Contains)];
    }
}
