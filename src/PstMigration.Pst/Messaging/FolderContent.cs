using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Whether two folders of one name may be one: a mailbox has calendars, contact folders and task lists beside its mail folders, each kind with names of its own, and a file has one tree for all of
/// them ([MS-OXOSFLD] 2.2.3: the container class tells what a folder holds).
/// </summary>
internal static class FolderContent
{
    private static readonly string[] s_kinds = ["IPF.Appointment", "IPF.Contact", "IPF.Task", "IPF.StickyNote", "IPF.Journal"];

    private static readonly FolderRole[] s_mail =
        [FolderRole.Inbox, FolderRole.DeletedItems, FolderRole.SentItems, FolderRole.Drafts, FolderRole.Outbox, FolderRole.JunkEmail, FolderRole.Archive];

    /// <summary>Whether a folder of the file holds what one of this class does. One that does not say takes anything.</summary>
    public static bool IsAlike(IItemStore store, NodeId folder, string containerClass)
    {
        string own = store.ClassOf(folder);
        if (own.Length == 0 && Array.Exists(s_mail, r => store.Find(r) == folder))
        {
            own = "IPF.Note";
        }

        return own.Length == 0 || containerClass.Length == 0 || KindOf(own) == KindOf(containerClass);
    }

    /// <summary>What folders of a class hold: one of the kinds that are no mail; empty for mail and what is unknown, which shows mail.</summary>
    public static string KindOf(string containerClass) => Array.Find(s_kinds, k => MessageClasses.IsOfClass(containerClass, k)) ?? "";
}
