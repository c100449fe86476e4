using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>The folders of a new mailbox, named in its language. Other names of resources/mailfolder are known but not found until something makes them.</summary>
internal static class DefaultFolders
{
    /// <summary>The default calendar. No name of Graph's: it is reached as /calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>The default task list. No name of Graph's: it is told by its wellknownListName.</summary>
    public const string Tasks = "tasks";

    /// <summary>Names that stand for a folder instead of its id.</summary>
    public static readonly string[] WellKnownNames =
    [
        "archive", "clutter", "conflicts", "contacts", "conversationhistory", "deleteditems", "drafts", "inbox", "junkemail", "localfailures",
        FolderTable.RootName, "outbox", "recoverableitemsdeletions", "scheduled", "searchfolders", "sentitems", "serverfailures", "syncissues",
    ];

    /// <summary>Makes those a file of an earlier version does not have.</summary>
    public static void Complete(FolderTable folders, SandboxOptions options)
    {
        CultureInfo language = options.Language.TwoLetterISOLanguageName == "ja" ? CultureInfo.GetCultureInfo("ja-JP") : CultureInfo.InvariantCulture;
        FolderRow? root = folders.FindWellKnown(FolderTable.RootName);
        foreach ((string wellKnown, string @class) in new[] { (Calendar, FolderClasses.Calendar), (Tasks, FolderClasses.Tasks) })
        {
            if (root is not null && folders.FindWellKnown(wellKnown) is null)
            {
                folders.Insert(root.Number, Strings.ResourceManager.GetString("Folder_" + wellKnown, language) ?? wellKnown, wellKnown, @class, hidden: false);
            }
        }
    }

    /// <summary>Makes them.</summary>
    public static void Create(FolderTable folders, SandboxOptions options)
    {
        CultureInfo language = options.Language.TwoLetterISOLanguageName == "ja" ? CultureInfo.GetCultureInfo("ja-JP") : CultureInfo.InvariantCulture;
        FolderRow top = folders.Insert(0, "Root", null, FolderClasses.Mail, hidden: false);
        FolderRow root = Add(top, FolderTable.RootName);
        Add(top, "recoverableitemsdeletions");
        Add(top, "searchfolders");
        foreach (string name in new[] { "inbox", "drafts", "sentitems", "deleteditems", "outbox", "junkemail", "conversationhistory" })
        {
            Add(root, name);
        }

        if (options.Behaviour.HasArchiveFolder)
        {
            Add(root, "archive");
        }

        FolderRow issues = Add(root, "syncissues", hidden: true);
        Add(issues, "conflicts");
        Add(issues, "localfailures");
        Add(issues, "serverfailures");
        Add(root, "contacts", FolderClasses.Contacts);
        Complete(folders, options);

        FolderRow Add(FolderRow parent, string wellKnown, string @class = FolderClasses.Mail, bool hidden = false)
        {
            string name = Strings.ResourceManager.GetString("Folder_" + wellKnown, language) ?? wellKnown;
            return folders.Insert(parent.Number, name, wellKnown, @class, hidden);
        }
    }
}
