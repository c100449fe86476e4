using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A folder every mailbox has: what it is for, its class, and the resource with its name.</summary>
internal sealed record DefaultFolderKind(FolderRole Role, string ContainerClass)
{
    /// <summary>Those a new file gets beside Deleted Items, in the order Outlook lists them.</summary>
    public static readonly IReadOnlyList<DefaultFolderKind> All =
    [
        new(FolderRole.Inbox, "IPF.Note"),
        new(FolderRole.Outbox, "IPF.Note"),
        new(FolderRole.SentItems, "IPF.Note"),
        new(FolderRole.Calendar, "IPF.Appointment"),
        new(FolderRole.Contacts, "IPF.Contact"),
        new(FolderRole.Journal, "IPF.Journal"),
        new(FolderRole.Notes, "IPF.StickyNote"),
        new(FolderRole.Tasks, "IPF.Task"),
        new(FolderRole.Drafts, "IPF.Note"),
        new(FolderRole.JunkEmail, "IPF.Note"),
    ];

    /// <summary>Its name in a language; in English where the language has none here.</summary>
    public string Name(CultureInfo language) => Strings.ResourceManager.GetString("Folder" + Role, language) ?? Role.ToString();
}
