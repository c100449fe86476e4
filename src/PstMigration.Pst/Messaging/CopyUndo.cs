using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>Takes back what a transfer has brought into a file, as long as nobody has touched it.</summary>
internal static class CopyUndo
{
    private static readonly PropertyKey[] s_marks = [PropertyNames.Marker, PropertyNames.SourceKey];

    /// <summary>Takes a copy back.</summary>
    /// <param name="editor">The file.</param>
    /// <param name="id">The copy.</param>
    /// <param name="deletedItems">The folder of deleted items; none where the file has none yet.</param>
    /// <param name="isPermanent">Whether it is taken out of the file.</param>
    /// <exception cref="PstException">It cannot be read or removed.</exception>
    public static UndoOutcome TakeBack(PstFileEditor editor, NodeId id, NodeId deletedItems, bool isPermanent)
    {
        NodeId parent = editor.Reader.ParentOf(id);
        if (parent.IsNone)
        {
            return UndoOutcome.Gone;
        }

        MapiItem item = editor.OpenItem(id);
        if (item.Properties.GetBoolean(PropertyNames.SourceRemoved) == true)
        {
            return UndoOutcome.Kept;
        }

        string? placed = item.Properties.GetString(PropertyNames.PlacedIn);
        if (parent == deletedItems && placed != parent.ToString())
        {
            editor.SetProperties(id, new PropertyBag(), s_marks);
            return UndoOutcome.Gone;
        }

        if (placed is not null && placed != parent.ToString())
        {
            return UndoOutcome.Moved;
        }

        if (item.Properties.GetString(PropertyNames.SourceState) is string state && state != ItemState.Of(item).Value)
        {
            return ItemState.IsAnswered(item) ? UndoOutcome.Answered : UndoOutcome.Changed;
        }

        if (item.Properties.GetString(PropertyNames.SourceDigest) != ItemDigester.Content(item).Hex)
        {
            return UndoOutcome.Changed;
        }

        // In this order: stopped in between, it is a copy among the deleted items, which the next attempt takes for one.
        editor.DeleteItem(id, isPermanent);
        if (!isPermanent)
        {
            editor.SetProperties(id, new PropertyBag(), s_marks);
        }

        return UndoOutcome.Removed;
    }

    /// <summary>Removes a folder with nothing in it, unless it, or the one it is in, has another name by now.</summary>
    /// <exception cref="PstException">It cannot be read or removed.</exception>
    public static UndoOutcome RemoveFolder(PstFileEditor editor, NodeId id, FolderPath path)
    {
        if (editor.Reader.ParentOf(id).IsNone)
        {
            return UndoOutcome.Gone;
        }

        PstEditFolder folder = editor.GetFolder(id);
        if (!IsNamed(folder, path.Name) || (path.Names.Count > 1 && !IsNamed(editor.GetFolder(folder.ParentId), path.Parent.Name)))
        {
            return UndoOutcome.Changed;
        }

        if (!editor.IsEmpty(folder))
        {
            return UndoOutcome.NotEmpty;
        }

        editor.DeleteFolder(folder, permanent: true);
        return UndoOutcome.Removed;
    }

    private static bool IsNamed(PstEditFolder folder, string name) => string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase);
}
