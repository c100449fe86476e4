using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>Moves and deletes the folders of a file that is edited: none below itself, and none Outlook needs where it is.</summary>
internal sealed class FolderEditor(FolderSet folders, SpecialFolders special, CultureInfo language)
{
    /// <summary>Puts a folder with all that is in it into another.</summary>
    /// <exception cref="PstException">PstFolderExists, PstFolderNeeded; PstDamaged, PstWriteFailed.</exception>
    public void Move(PstEditFolder folder, PstEditFolder parent)
    {
        CheckNotNeeded(folder);
        if (folder.ParentId != parent.Id)
        {
            CheckNotWithin(folder, parent);
            folders.Move(folder, parent, folder.Name);
        }
    }

    /// <summary>Takes a folder out of the file with all that is in it, or puts it into Deleted Items, under another name if need be.</summary>
    /// <exception cref="PstException">PstFolderNeeded; PstDamaged, PstWriteFailed.</exception>
    public void Delete(PstEditFolder folder, bool permanent)
    {
        CheckNotNeeded(folder);
        if (permanent)
        {
            folders.Delete(folder);
            return;
        }

        PstEditFolder deleted = special.DeletedItems(language);
        if (folder.ParentId != deleted.Id)
        {
            FolderPath name = FolderPath.Root.Append(folder.Name);
            FolderPath free = name;
            for (int i = 2; folders.ChildrenOf(deleted).Find(free.Name) is not null; i++)
            {
                free = name.WithNumber(i);
            }

            folders.Move(folder, deleted, free.Name);
        }
    }

    private void CheckNotWithin(PstEditFolder folder, PstEditFolder parent)
    {
        for (PstEditFolder above = parent; ; above = folders.Get(above.ParentId))
        {
            if (above == folder)
            {
                throw new ArgumentException("A folder cannot be put below itself.", nameof(parent));
            }

            if (above.ParentId == above.Id)
            {
                return;
            }
        }
    }

    private void CheckNotNeeded(PstEditFolder folder)
    {
        if (special.IsNeeded(folder.Id))
        {
            throw PstWriteError.FolderNeeded(folder.Name);
        }
    }
}
