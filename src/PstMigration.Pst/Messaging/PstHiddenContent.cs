namespace PstMigration.Pst;

/// <summary>What is in folders people do not see: those marked hidden, and those beside the IPM subtree.</summary>
/// <param name="Folders">How many folders; the root of the file is not counted.</param>
/// <param name="Items">Items in them, as the folders say themselves.</param>
public sealed record PstHiddenContent(int Folders, long Items)
{
    /// <summary>Counts those of the folders that people do not see.</summary>
    public static PstHiddenContent Of(IEnumerable<PstFolder> folders)
    {
        if (folders is null)
        {
            throw new ArgumentNullException(nameof(folders));
        }

        int count = 0;
        long items = 0;
        foreach (PstFolder folder in folders)
        {
            if (!folder.IsVisible)
            {
                count += folder.IsTop ? 0 : 1;
                items += folder.ItemCount;
            }
        }

        return new PstHiddenContent(count, items);
    }
}
