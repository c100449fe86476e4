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
    /// one cmdlet gives are the ones the next takes.
    /// </summary>
    /// <param name="wanted">As the user wrote them; see <see cref="FolderSelector"/>.</param>
    /// <param name="folders">All there are.</param>
    /// <param name="path">The path of one.</param>
    /// <param name="role">The role of one.</param>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(IEnumerable<string> wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role)
    {
        Dictionary<FolderPath, FolderRole> roles = [];
        foreach (T folder in folders)
        {
            roles[path(folder)] = role(folder);
        }

        FolderRole RoleOf(FolderPath at) => roles.TryGetValue(at, out FolderRole known) ? known : FolderRole.None;
        HashSet<FolderPath> selected = [];
        foreach (string one in wanted)
        {
            FolderPath exact = FolderPath.Parse(one);
            FolderSelector selector = FolderSelector.Parse(one);
            IReadOnlyList<FolderPath> found = roles.ContainsKey(exact) ? [exact] : [.. roles.Keys.Where(p => selector.Matches(p, RoleOf))];
            if (found.Count == 0 && !selector.HasWildcards)
            {
                throw FolderErrors.NotFound(one);
            }

            selected.UnionWith(found);
        }

        return [.. folders.Where(f => selected.Contains(path(f)))];
    }
}
