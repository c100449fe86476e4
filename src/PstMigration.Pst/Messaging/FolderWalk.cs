namespace PstMigration.Pst.Messaging;

/// <summary>Walks the folders that hold items of their own: search folders do not.</summary>
internal static class FolderWalk
{
    /// <summary>A folder and those below it, each before those in it, read as they are asked for. The IPM subtree is walked only from within.</summary>
    /// <param name="top">Where to begin.</param>
    /// <param name="includeHidden">Also folders marked hidden, and what is in them.</param>
    /// <param name="recurse">Whether to go further down than the folders directly in it.</param>
    public static IEnumerable<PstFolder> From(PstFolder top, bool includeHidden, bool recurse)
    {
        yield return top;
        Stack<IEnumerator<PstFolder>> open = new([top.EnumerateFolders().GetEnumerator()]);
        try
        {
            while (open.Count > 0)
            {
                if (!open.Peek().MoveNext())
                {
                    open.Pop().Dispose();
                }
                else if (open.Peek().Current is { IsSearchFolder: false, IsTop: false } folder && (includeHidden || !folder.IsHidden))
                {
                    yield return folder;
                    if (recurse)
                    {
                        open.Push(folder.EnumerateFolders().GetEnumerator());
                    }
                }
            }
        }
        finally
        {
            foreach (IEnumerator<PstFolder> folders in open)
            {
                folders.Dispose();
            }
        }
    }
}
