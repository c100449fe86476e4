using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Which folders of a source are meant.</summary>
internal static class FolderChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="all">All folders of a source, parents before children.</param>
    /// <param name="selectors">Those that are meant; none for all that people see.</param>
    /// <param name="source">What people call the source.</param>
    /// <exception cref="MailDataException">FolderNotFound.</exception>
    public static List<SourceFolder> Choose(List<SourceFolder> all, IReadOnlyList<FolderSelector> selectors, string source)
    {
        if (selectors.Count == 0)
        {
            return all.FindAll(f => !f.IsHidden);
        }

        HashSet<SourceFolder> chosen = [];
        foreach (FolderSelector selector in selectors)
        {
            IReadOnlyList<SourceFolder> named = FolderSelection.Select([selector], all, f => f.Path, f => f.Role, f => f.IsHidden, out FolderSelector? missing);
            if (missing is not null)
            {
                throw Missing(missing, all, source);
            }

            chosen.UnionWith(named);
            chosen.UnionWith(selector.IncludesBelow ? Below(named, all) : []);
        }

        return all.FindAll(chosen.Contains);
    }

    private static MailDataException Missing(FolderSelector missing, List<SourceFolder> all, string source)
    {
        IReadOnlyList<FolderPath> near = FolderSelection.Suggest(missing, all.Select(f => f.Path));
        string message = LocalText.Format(Strings.FolderNotFound, missing, source);
        return new MailDataException(
            TransferErrorIds.FolderNotFound,
            near.Count == 0 ? message : message + " " + LocalText.Format(Strings.FolderDidYouMean, string.Join(", ", near.Select(f => "'" + f + "'"))));
    }

    /// <summary>What is below some folders; hidden ones only below one that was named itself.</summary>
    private static IEnumerable<SourceFolder> Below(IReadOnlyList<SourceFolder> tops, List<SourceFolder> all)
    {
        Dictionary<FolderPath, bool> isHidden = [];
        foreach (SourceFolder top in tops)
        {
            isHidden[top.Path] = top.IsHidden;
        }

        foreach (SourceFolder folder in all)
        {
            for (FolderPath at = folder.Path; at.Names.Count > 0; at = at.Parent)
            {
                if (isHidden.TryGetValue(at.Parent, out bool isBelowHidden) && (isBelowHidden || !folder.IsHidden))
                {
                    yield return folder;
                    break;
                }
            }
        }
    }
}
