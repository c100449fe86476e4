using System.Collections.Generic;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>Walks folders of data files.</summary>
internal static class FolderTree
{
    /// <summary>The folders below one that are no search folders, each before those in it.</summary>
    internal static IEnumerable<PstFolder> Below(PstFolder top, bool hidden)
    {
        Stack<IEnumerator<PstFolder>> open = new();
        open.Push(top.EnumerateFolders().GetEnumerator());
        while (open.Count > 0)
        {
            if (!open.Peek().MoveNext())
            {
                open.Pop().Dispose();
            }
            else if (open.Peek().Current is PstFolder folder && !folder.IsSearchFolder && (hidden || !folder.IsHidden))
            {
                yield return folder;
                open.Push(folder.EnumerateFolders().GetEnumerator());
            }
        }
    }
}
