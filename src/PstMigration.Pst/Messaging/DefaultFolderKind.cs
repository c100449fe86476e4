using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A folder every mailbox has: what it is for, its class, and the resource with its name.</summary>
internal sealed record DefaultFolderKind(FolderRole Role, string ContainerClass)
{
    /// <summary>Those a new file gets beside Deleted Items, in the order Outlook lists them.</summary>
    public static readonly IReadOnlyList<DefaultFolderKind> All =
    [
        new(FolderRole.Inbox, FolderClasses.Mail),
        new(FolderRole.Outbox, FolderClasses.Mail),
        new(FolderRole.SentItems, FolderClasses.Mail),
        new(FolderRole.Calendar, FolderClasses.Calendar),
        new(FolderRole.Contacts, FolderClasses.Contacts),
        new(FolderRole.Journal, FolderClasses.Journal),
        new(FolderRole.Notes, FolderClasses.Notes),
        new(FolderRole.Tasks, FolderClasses.Tasks),
        new(FolderRole.Drafts, FolderClasses.Mail),
        new(FolderRole.JunkEmail, FolderClasses.Mail),
    ];

    /// <summary>Its name in a language; in English where the language has none here.</summary>
    public string Name(CultureInfo language) => Strings.ResourceManager.GetString("Folder" + Role, language) ?? Role.ToString();
}
