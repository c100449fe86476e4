namespace PstMigration.Sandbox;

/// <summary>
/// Everything the sandbox answers, below /me or /users/{id}. The last column is the page of the Microsoft Graph v1.0 reference
/// (learn.microsoft.com/graph/…) the behaviour is taken from.
/// </summary>
internal static class Routes
{
    private static readonly string[] s_readFolders = ["MailboxFolder.Read", "MailboxFolder.ReadWrite"];
    private static readonly string[] s_writeFolders = ["MailboxFolder.ReadWrite"];
    private static readonly string[] s_readItems = ["MailboxItem.Read", "MailboxItem.ReadWrite", "MailboxItem.ImportExport"];

    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "", MailboxHandlers.GetUser, "api/user-get"),
        new("GET", "settings/exchange", MailboxHandlers.GetExchangeSettings, "api/exchangesettings-get") { Permissions = ["User.Read", "MailboxSettings.Read"] },
        new("POST", "translateExchangeIds", MailboxHandlers.TranslateIds, "api/user-translateexchangeids"),

        new("GET", "mailFolders", MailFolderHandlers.List, "api/user-list-mailfolders"),
        new("POST", "mailFolders", MailFolderHandlers.Create, "api/user-post-mailfolders"),
        new("GET", "mailFolders/$count", MailFolderHandlers.Count, "api/user-list-mailfolders"),
        new("GET", "mailFolders/delta", DeltaHandlers.MailFolders, "api/mailfolder-delta"),
        new("GET", "mailFolders/{folder}", MailFolderHandlers.Get, "api/mailfolder-get"),
        new("PATCH", "mailFolders/{folder}", MailFolderHandlers.Update, "api/mailfolder-update"),
        new("DELETE", "mailFolders/{folder}", MailFolderHandlers.Delete, "api/mailfolder-delete"),
        new("POST", "mailFolders/{folder}/move", MailFolderHandlers.Move, "api/mailfolder-move"),
        new("POST", "mailFolders/{folder}/permanentDelete", MailFolderHandlers.PermanentDelete, "api/mailfolder-permanentdelete"),
        new("GET", "mailFolders/{folder}/childFolders", MailFolderHandlers.List, "api/mailfolder-list-childfolders"),
        new("POST", "mailFolders/{folder}/childFolders", MailFolderHandlers.Create, "api/mailfolder-post-childfolders"),
        new("GET", "mailFolders/{folder}/childFolders/$count", MailFolderHandlers.Count, "api/mailfolder-list-childfolders"),

        new("GET", "messages", MessageHandlers.List, "api/user-list-messages"),
        new("POST", "messages", MessageHandlers.Create, "api/user-post-messages"),
        new("GET", "messages/$count", MessageHandlers.Count, "api/user-list-messages"),
        new("GET", "mailFolders/{folder}/messages", MessageHandlers.List, "api/mailfolder-list-messages"),
        new("POST", "mailFolders/{folder}/messages", MessageHandlers.Create, "api/mailfolder-post-messages"),
        new("GET", "mailFolders/{folder}/messages/$count", MessageHandlers.Count, "api/mailfolder-list-messages"),
        new("GET", "mailFolders/{folder}/messages/delta", DeltaHandlers.Messages, "api/message-delta"),
        .. Both("messages/{item}",
        [
            new("GET", "", MessageHandlers.Get, "api/message-get"),
            new("PATCH", "", MessageHandlers.Update, "api/message-update"),
            new("DELETE", "", MessageHandlers.Delete, "api/message-delete"),
            new("GET", "$value", MessageHandlers.GetMime, "concepts/outlook-get-mime-message"),
            new("POST", "move", MessageHandlers.Move, "api/message-move"),
            new("POST", "permanentDelete", MessageHandlers.PermanentDelete, "api/message-permanentdelete"),
            new("GET", "attachments", AttachmentHandlers.List, "api/message-list-attachments"),
            new("POST", "attachments", AttachmentHandlers.Create, "api/message-post-attachments"),
            new("GET", "attachments/$count", AttachmentHandlers.Count, "api/message-list-attachments"),
            new("POST", "attachments/createUploadSession", UploadHandlers.Create, "api/attachment-createuploadsession"),
            new("GET", "attachments/{attachment}", AttachmentHandlers.Get, "api/attachment-get"),
            new("GET", "attachments/{attachment}/$value", AttachmentHandlers.GetValue, "api/attachment-get"),
            new("DELETE", "attachments/{attachment}", AttachmentHandlers.Delete, "api/attachment-delete"),
        ]),

        new("GET", "contactFolders", ContactFolderHandlers.List, "api/user-list-contactfolders"),
        new("POST", "contactFolders", ContactFolderHandlers.Create, "api/user-post-contactfolders"),
        new("GET", "contactFolders/$count", ContactFolderHandlers.Count, "api/user-list-contactfolders"),
        new("GET", "contactFolders/delta", DeltaHandlers.ContactFolders, "api/contactfolder-delta"),
        new("GET", "contactFolders/{folder}", ContactFolderHandlers.Get, "api/contactfolder-get"),
        new("PATCH", "contactFolders/{folder}", ContactFolderHandlers.Update, "api/contactfolder-update"),
        new("DELETE", "contactFolders/{folder}", ContactFolderHandlers.Delete, "api/contactfolder-delete"),
        new("POST", "contactFolders/{folder}/permanentDelete", ContactFolderHandlers.PermanentDelete, "api/contactfolder-permanentdelete"),
        new("GET", "contactFolders/{folder}/childFolders", ContactFolderHandlers.List, "api/contactfolder-list-childfolders"),
        new("POST", "contactFolders/{folder}/childFolders", ContactFolderHandlers.Create, "api/contactfolder-post-childfolders"),

        new("GET", "contacts", ContactHandlers.List, "api/user-list-contacts"),
        new("POST", "contacts", ContactHandlers.Create, "api/user-post-contacts"),
        new("GET", "contacts/$count", ContactHandlers.Count, "api/user-list-contacts"),
        new("GET", "contactFolders/{folder}/contacts", ContactHandlers.List, "api/contactfolder-list-contacts"),
        new("POST", "contactFolders/{folder}/contacts", ContactHandlers.Create, "api/contactfolder-post-contacts"),
        new("GET", "contactFolders/{folder}/contacts/$count", ContactHandlers.Count, "api/contactfolder-list-contacts"),
        new("GET", "contactFolders/{folder}/contacts/delta", DeltaHandlers.Contacts, "api/contact-delta"),
        .. Both("contacts/{item}",
        [
            new("GET", "", ContactHandlers.Get, "api/contact-get"),
            new("PATCH", "", ContactHandlers.Update, "api/contact-update"),
            new("DELETE", "", ContactHandlers.Delete, "api/contact-delete"),
            new("POST", "permanentDelete", ContactHandlers.PermanentDelete, "api/contact-permanentdelete"),
            new("GET", "photo/$value", ContactHandlers.GetPhoto, "api/profilephoto-get"),
            new("PUT", "photo/$value", ContactHandlers.SetPhoto, "api/profilephoto-update"),
        ]),

        new("GET", "calendar", CalendarHandlers.Get, "api/calendar-get"),
        new("GET", "calendars", CalendarHandlers.List, "api/user-list-calendars"),
        new("POST", "calendars", CalendarHandlers.Create, "api/user-post-calendars"),
        new("GET", "calendars/{calendar}", CalendarHandlers.Get, "api/calendar-get"),
        new("PATCH", "calendars/{calendar}", CalendarHandlers.Update, "api/calendar-update"),
        new("DELETE", "calendars/{calendar}", CalendarHandlers.Delete, "api/calendar-delete"),
        .. Events("events"),
        .. Events("calendar/events"),
        .. Events("calendars/{calendar}/events"),

        new("GET", "todo/lists", TaskHandlers.ListLists, "api/todo-list-lists"),
        new("POST", "todo/lists", TaskHandlers.CreateList, "api/todo-post-lists"),
        new("GET", "todo/lists/{list}", TaskHandlers.GetList, "api/todotasklist-get"),
        new("DELETE", "todo/lists/{list}", TaskHandlers.DeleteList, "api/todotasklist-delete"),
        new("GET", "todo/lists/{list}/tasks", TaskHandlers.ListTasks, "api/todotasklist-list-tasks"),
        new("POST", "todo/lists/{list}/tasks", TaskHandlers.Create, "api/todotasklist-post-tasks"),
        new("GET", "todo/lists/{list}/tasks/delta", DeltaHandlers.Tasks, "api/todotask-delta"),
        new("GET", "todo/lists/{list}/tasks/{task}", TaskHandlers.Get, "api/todotask-get"),
        new("PATCH", "todo/lists/{list}/tasks/{task}", TaskHandlers.Update, "api/todotask-update"),
        new("DELETE", "todo/lists/{list}/tasks/{task}", TaskHandlers.Delete, "api/todotask-delete"),
        new("PATCH", "todo/lists/{list}/tasks/{task}/extensions/{extension}", TaskHandlers.UpdateExtension, "api/opentypeextension-update"),
        new("GET", "todo/lists/{list}/tasks/{task}/attachments", TaskAttachmentHandlers.List, "api/todotask-list-attachments"),
        new("POST", "todo/lists/{list}/tasks/{task}/attachments", TaskAttachmentHandlers.Create, "api/todotask-post-attachments"),
        new("GET", "todo/lists/{list}/tasks/{task}/attachments/{attachment}", TaskAttachmentHandlers.Get, "api/taskfileattachment-get"),
        new("GET", "todo/lists/{list}/tasks/{task}/attachments/{attachment}/$value", TaskAttachmentHandlers.GetValue, "api/taskfileattachment-get"),
    ];

    /// <summary>Import and export of mailbox items: not below a person, but below the id of a mailbox. For work and school accounts.</summary>
    public static readonly IReadOnlyList<Route> Mailboxes =
    [
        OfMailbox("GET", "", MailboxAccess.Get, "resources/mailbox", s_readFolders),
        OfMailbox("GET", "/folders", MailboxFolderHandlers.List, "api/mailbox-list-folders", s_readFolders),
        OfMailbox("POST", "/folders", MailboxFolderHandlers.Create, "api/mailbox-post-folders", s_writeFolders),
        OfMailbox("GET", "/folders/delta", MailboxFolderHandlers.Delta, "api/mailboxfolder-delta", s_readFolders),
        OfMailbox("GET", "/folders/{folder}", MailboxFolderHandlers.Get, "api/mailboxfolder-get", s_readFolders),
        OfMailbox("PATCH", "/folders/{folder}", MailboxFolderHandlers.Update, "api/mailboxfolder-update", s_writeFolders),
        OfMailbox("DELETE", "/folders/{folder}", MailboxFolderHandlers.Delete, "api/mailbox-delete-folders", s_writeFolders),
        OfMailbox("GET", "/folders/{folder}/childFolders", MailboxFolderHandlers.List, "api/mailboxfolder-list-childfolders", s_readFolders),
        OfMailbox("POST", "/folders/{folder}/childFolders", MailboxFolderHandlers.Create, "api/mailbox-post-folders", s_writeFolders),
        OfMailbox("GET", "/folders/{folder}/childFolders/delta", MailboxFolderHandlers.Delta, "api/mailboxfolder-delta", s_readFolders),
        OfMailbox("GET", "/folders/{folder}/childFolders/{child}", MailboxFolderHandlers.Get, "api/mailboxfolder-get", s_readFolders),
        OfMailbox("GET", "/folders/{folder}/items", MailboxItemHandlers.List, "api/mailboxfolder-list-items", s_readItems),
        OfMailbox("GET", "/folders/{folder}/items/delta", DeltaHandlers.MailboxItems, "api/mailboxitem-delta", s_readItems),
        OfMailbox("GET", "/folders/{folder}/items/{item}", MailboxItemHandlers.Get, "api/mailboxitem-get", s_readItems),
        OfMailbox("DELETE", "/folders/{folder}/items/{item}", MailboxItemHandlers.Delete, "api/mailboxfolder-delete-items", "MailboxItem.ReadWrite"),
        OfMailbox("POST", "/exportItems", ExportHandlers.Export, "api/mailbox-exportitems", "MailboxItem.Export", "MailboxItem.ImportExport"),
        OfMailbox("POST", "/createImportSession", ImportHandlers.CreateSession, "api/mailbox-createimportsession", "MailboxItem.ImportExport"),
    ];

    /// <summary>Several requests in one; each is looked up in the table by itself.</summary>
    public static readonly (string Method, string Path, string Source) Batch = ("POST", "$batch", "concepts/json-batching");

    /// <summary>Chunks of upload sessions: their URL is opaque, has no /me and takes no bearer token.</summary>
    public static readonly IReadOnlyList<Route> Uploads = 
    [
        .. UploadsOf("messages"),
        .. UploadsOf("events"),
        new("POST", "api/gv1.0/{importing}/importItem", ImportHandlers.Import, "concepts/import-exchange-mailbox-item"),
    ];

    private static Route OfMailbox(string method, string template, Func<GraphCall, GraphAnswer> handler, string source, params string[] permissions) =>
        new(method, "admin/exchange/mailboxes/{mailbox}" + template, handler, source) { Permissions = permissions };

    private static Route[] UploadsOf(string items)
    {
        string path = "api/gv1.0/users/{user}/" + items + "/{message}/attachmentSessions/{session}";
        return
        [
            new("PUT", path, UploadHandlers.Put, "concepts/outlook-large-attachments") { Body = RouteBody.Streamed },
            new("GET", path, UploadHandlers.Status, "sdks/large-file-upload"),
            new("DELETE", path, UploadHandlers.Cancel, "concepts/outlook-large-attachments"),
        ];
    }

    // Calendar items are reached by themselves and through their calendar.
    private static Route[] Events(string prefix) =>
    [
        new("GET", prefix, EventHandlers.List, "api/user-list-events"),
        new("POST", prefix, EventHandlers.Create, "api/user-post-events"),
        new("GET", prefix + "/$count", EventHandlers.Count, "api/user-list-events"),
        new("GET", prefix + "/{event}", EventHandlers.Get, "api/event-get"),
        new("PATCH", prefix + "/{event}", EventHandlers.Update, "api/event-update"),
        new("DELETE", prefix + "/{event}", EventHandlers.Delete, "api/event-delete"),
        new("POST", prefix + "/{event}/permanentDelete", EventHandlers.Delete, "api/event-permanentdelete"),
        new("GET", prefix + "/{event}/calendar", CalendarHandlers.OfEvent, "api/calendar-get"),
        new("GET", prefix + "/{event}/instances", EventHandlers.Instances, "api/event-list-instances"),
        new("GET", prefix + "/{event}/attachments", AttachmentHandlers.List, "api/event-list-attachments"),
        new("POST", prefix + "/{event}/attachments", AttachmentHandlers.Create, "api/event-post-attachments"),
        new("GET", prefix + "/{event}/attachments/$count", AttachmentHandlers.Count, "api/event-list-attachments"),
        new("POST", prefix + "/{event}/attachments/createUploadSession", UploadHandlers.Create, "api/attachment-createuploadsession"),
        new("GET", prefix + "/{event}/attachments/{attachment}", AttachmentHandlers.Get, "api/attachment-get"),
        new("GET", prefix + "/{event}/attachments/{attachment}/$value", AttachmentHandlers.GetValue, "api/attachment-get"),
        new("DELETE", prefix + "/{event}/attachments/{attachment}", AttachmentHandlers.Delete, "api/attachment-delete"),
    ];

    // An item is reached by itself and through its folder.
    private static List<Route> Both(string item, Route[] routes)
    {
        List<Route> all = [];
        string folders = item.StartsWith("messages", System.StringComparison.Ordinal) ? "mailFolders" : "contactFolders";
        foreach (string prefix in new[] { item, folders + "/{folder}/" + item })
        {
            foreach (Route route in routes)
            {
                all.Add(new Route(route.Method, route.Template.Length == 0 ? prefix : prefix + "/" + route.Template, route.Handler, route.Source) { Body = route.Body });
            }
        }

        return all;
    }
}
