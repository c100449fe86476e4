using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The names Graph takes instead of a folder's id ([mailFolder resource]); display names are in the user's language.</summary>
internal static class WellKnownFolders
{
    /// <summary>The root of the mail folders people see.</summary>
    public const string Root = "msgfolderroot";

    /// <summary>The default contact folder, among the contact folders.</summary>
    public const string Contacts = "contacts";

    /// <summary>Mail folders by role.</summary>
    public static readonly IReadOnlyDictionary<FolderRole, string> Mail = new Dictionary<FolderRole, string>
    {
        [FolderRole.Root] = Root,
        [FolderRole.Inbox] = "inbox",
        [FolderRole.Drafts] = "drafts",
        [FolderRole.SentItems] = "sentitems",
        [FolderRole.DeletedItems] = "deleteditems",
        [FolderRole.Outbox] = "outbox",
        [FolderRole.JunkEmail] = "junkemail",
        [FolderRole.Archive] = "archive",
    };
}
