using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>
/// Finds the folders a user means: by path in any language (<c>受信トレイ/請求書</c>), by role (<c>Inbox</c>, also as the first part of a
/// path: <c>Inbox/請求書</c>), or by wildcards over the path, where <c>*</c> goes across <c>/</c>. What is exactly a path is never read
/// as a role or pattern, so that the folders one cmdlet gives are the ones the next takes.
/// </summary>
internal static class FolderSelector
{
    /// <summary>The folders that match, in their order.</summary>
    /// <param name="wanted">As the user wrote them.</param>
    /// <param name="folders">All there are.</param>
    /// <param name="path">The path of one.</param>
    /// <param name="role">The role of one.</param>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(IEnumerable<string> wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role)
    {
        HashSet<int> selected = [];
        foreach (string one in wanted)
        {
            List<int> found = Exact(FolderPath.Parse(one), folders, path);
            FolderPath[] byRole = found.Count > 0 ? [] : [.. ByRole(one, folders, path, role)];
            found = found.Count > 0 ? found : [.. byRole.SelectMany(p => Exact(p, folders, path))];
            if (found.Count == 0)
            {
                if (!WildcardPattern.ContainsWildcardCharacters(one))
                {
                    throw FolderErrors.NotFound(one);
                }

                found = [.. byRole.Select(p => p.ToString()).Append(one).SelectMany(p => Matching(p, folders, path))];
            }

            selected.UnionWith(found);
        }

        return [.. folders.Where((_, i) => selected.Contains(i))];
    }

    private static List<int> Exact<T>(FolderPath wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path) =>
        [.. Enumerable.Range(0, folders.Count).Where(i => path(folders[i]).Equals(wanted))];

    private static IEnumerable<int> Matching<T>(string pattern, IReadOnlyList<T> folders, Func<T, FolderPath> path)
    {
        WildcardPattern wildcard = new(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return Enumerable.Range(0, folders.Count).Where(i => wildcard.IsMatch(path(folders[i]).ToString()));
    }

    // The path with the role in front replaced by the names of the folder that has it.
    private static IEnumerable<FolderPath> ByRole<T>(string wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role)
    {
        IReadOnlyList<string> names = FolderPath.Parse(wanted).Names;
        return names.Count > 0 && Roles.TryGetValue(names[0], out FolderRole named)
            ? folders.Where(f => role(f) == named).Select(f => new FolderPath(path(f).Names.Concat(names.Skip(1))))
            : [];
    }

    private static readonly Dictionary<string, FolderRole> Roles = Enum.GetValues(typeof(FolderRole)).Cast<FolderRole>()
        .Where(r => r != FolderRole.None).ToDictionary(r => r.ToString(), StringComparer.OrdinalIgnoreCase);
}
