using System;
using System.Collections.Generic;
using System.Linq;

namespace PstMigration.Mapi;

/// <summary>
/// Chooses folders by what a person types: a role (<c>Inbox</c>), a path in any language (<c>受信トレイ/請求書</c>), a role with a
/// path below it (<c>Inbox/2019</c>), with the wildcards <c>*</c> and <c>?</c> inside a name. Names compare without case.
/// </summary>
public sealed class FolderSelector
{
    private readonly IReadOnlyList<string> _names;
    private readonly FolderRole _role;

    private FolderSelector(IReadOnlyList<string> names, FolderRole role)
    {
        _names = names;
        _role = role;
    }

    /// <summary>Reads what was typed; the separators are those of <see cref="FolderPath"/>.</summary>
    public static FolderSelector Parse(string text)
    {
        IReadOnlyList<string> names = FolderPath.Parse(text).Names;

        // Enum.TryParse reads numbers too, and a folder may well be called "2019".
        FolderRole role = FolderRole.None;
        bool named = names.Count > 0 && names[0].All(char.IsLetter) && Enum.TryParse(names[0], ignoreCase: true, out role);
        return new FolderSelector(names, named ? role : FolderRole.None);
    }

    /// <summary>Whether the folder itself is chosen.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="roleOf">The role of the folder or of one above it.</param>
    public bool Matches(FolderPath path, Func<FolderPath, FolderRole> roleOf)
    {
        if (NamesMatch(path.Names, 0, _names, 0))
        {
            return true;
        }

        if (_role == FolderRole.None)
        {
            return false;
        }

        // The part below the role has a known length, so only one folder above can be the one with the role.
        int below = _names.Count - 1;
        int head = path.Names.Count - below;
        return head >= 0 && NamesMatch(path.Names, head, _names, 1)
            && roleOf(new FolderPath(path.Names.Take(head))) == _role;
    }

    /// <summary>Whether the folder or one above it is chosen.</summary>
    public bool MatchesOrHolds(FolderPath path, Func<FolderPath, FolderRole> roleOf)
    {
        for (FolderPath at = path; ; at = at.Parent)
        {
            if (Matches(at, roleOf))
            {
                return true;
            }

            if (at.Names.Count == 0)
            {
                return false;
            }
        }
    }

    private static bool NamesMatch(IReadOnlyList<string> names, int start, IReadOnlyList<string> patterns, int patternStart)
    {
        if (names.Count - start != patterns.Count - patternStart)
        {
            return false;
        }

        for (int i = 0; i < names.Count - start; i++)
        {
            if (!Wildcard.IsMatch(names[start + i], patterns[patternStart + i]))
            {
                return false;
            }
        }

        return true;
    }
}
