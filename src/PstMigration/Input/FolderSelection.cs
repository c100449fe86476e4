using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Picks the folders a user named out of all there are.</summary>
internal static class FolderSelection
{
    /// <summary>
    /// The folders that match, in their order. What is exactly a path is never read as a role or pattern, so that the folders
    /// one cmdlet gives are the ones the next takes. Hidden folders are chosen by what names them exactly, and only where that names no other.
    /// </summary>
    /// <param name="wanted">As the user wrote them; see <see cref="FolderSelector"/>.</param>
    /// <param name="folders">All there are.</param>
    /// <param name="path">The path of one.</param>
    /// <param name="role">The role of one.</param>
    /// <param name="isHidden">Whether one is hidden; null where none is.</param>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(
        IEnumerable<string> wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role, Func<T, bool>? isHidden = null)
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
        foreach (string one in wanted)
        {
            FolderPath exact = FolderPath.Parse(one);
            FolderSelector selector = FolderSelector.Parse(one);
            List<T> Named(List<T> among) => among.FindAll(f => path(f).Equals(exact));
            List<T> Fitting(List<T> among) => among.FindAll(f => selector.Matches(path(f), RoleOf));

            Func<List<T>>[] ways = selector.HasWildcards
                ? [() => Named(shown), () => Named(hidden), () => Fitting(shown)]
                : [() => Named(shown), () => Fitting(shown), () => Named(hidden), () => Fitting(hidden)];
            List<T>? found = ways.Select(way => way()).FirstOrDefault(f => f.Count > 0);
            if (found is null && !selector.HasWildcards)
            {
                throw FolderErrors.NotFound(one);
            }

            selected.UnionWith(found ?? []);
        }

        return [.. folders.Where(selected.Contains)];
    }
}
