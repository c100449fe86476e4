using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>One request on its way through: what was asked, what the URL's placeholders stand for, and the mailbox it is asked of.</summary>
internal sealed class GraphCall(MailboxStore store, SandboxOptions options, GraphRequest request, IReadOnlyDictionary<string, string> parameters)
{
    private QueryOptions? _query;
    private JsonElement? _json;

    public MailboxStore Store { get; } = store;

    public SandboxOptions Options { get; } = options;

    public SandboxBehaviour Behaviour => Options.Behaviour;

    public GraphRequest Request { get; } = request;

    public QueryOptions Query => _query ??= QueryOptions.Parse(Request.RawQuery);

    /// <summary>The body as JSON.</summary>
    public JsonElement Body => _json ??= Json.Parse(Request.Body);

    /// <summary>Whether answers have ids that survive moving.</summary>
    public bool ImmutableIds => string.Equals(Request.Preference("IdType"), "ImmutableId", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether answers have bodies as text.</summary>
    public bool TextBodies => string.Equals(Request.Preference("outlook.body-content-type"), "text", StringComparison.OrdinalIgnoreCase);

    /// <summary>This request's URL with one query option changed.</summary>
    public string LinkWith(string option, string value) => Request.BaseUrl + Request.Path + "?" + Query.With(option, value);

    /// <summary>Puts other query options in place of the URL's.</summary>
    public void UseQuery(string rawQuery) => _query = QueryOptions.Parse(rawQuery);

    /// <summary>What a placeholder stands for.</summary>
    public string Parameter(string name) => parameters[name];

    public bool Has(string name) => parameters.ContainsKey(name);

    public string FolderId(long number) => new GraphId(IdKind.Folder, false, number, 0).ToText(Store.MailboxGuid);

    public string ItemId(MailItem item) => ItemId(item.Number, item.Generation);

    public string ItemId(long number, long generation) => new GraphId(IdKind.Item, ImmutableIds, number, generation).ToText(Store.MailboxGuid);

    public string AttachmentId(MailItem item, AttachmentRow row) =>
        new GraphId(IdKind.Attachment, ImmutableIds, item.Number, item.Generation, row.Number).ToText(Store.MailboxGuid);

    /// <summary>The folder a placeholder names, by id or well-known name.</summary>
    public FolderRow Folder(string parameter, ItemKind kind = ItemKind.Message) => FindFolder(Parameter(parameter), kind);

    /// <summary>The folder an id or a well-known name stands for.</summary>
    /// <exception cref="GraphException">404, or 400 for what is neither.</exception>
    public FolderRow FindFolder(string id, ItemKind kind)
    {
        FolderRow? folder;
        if (Array.Exists(DefaultFolders.WellKnownNames, n => string.Equals(n, id, StringComparison.OrdinalIgnoreCase)))
        {
            folder = Store.Folders.FindWellKnown(id.ToLowerInvariant());
        }
        else if (GraphId.TryParse(id, Store.MailboxGuid, out GraphId parsed) && parsed.Kind == IdKind.Folder)
        {
            folder = Store.Folders.Find(parsed.Number);
        }
        else
        {
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        }

        return folder is not null && folder.ItemKind == kind ? folder : throw GraphException.ItemNotFound();
    }

    /// <summary>The item a placeholder names, in the folder the URL names if it names one.</summary>
    public MailItem Item(string parameter, ItemKind kind)
    {
        if (!GraphId.TryParse(Parameter(parameter), Store.MailboxGuid, out GraphId id) || id.Kind != IdKind.Item)
        {
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        }

        MailItem? item = Store.Items.Find(id.Number);
        if (item is null || item.Kind != kind || (!id.IsImmutable && id.Generation != item.Generation)
            || (Has("folder") && item.Folder != Folder("folder", kind).Number))
        {
            throw GraphException.ItemNotFound();
        }

        return item;
    }

    /// <summary>The attachment a placeholder names.</summary>
    public AttachmentRow Attachment(string parameter, MailItem item)
    {
        if (!GraphId.TryParse(Parameter(parameter), Store.MailboxGuid, out GraphId id) || id.Kind != IdKind.Attachment)
        {
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        }

        bool current = id.Number == item.Number && (id.IsImmutable || id.Generation == item.Generation);
        return (current ? Store.Attachments.Find(item.Number, id.Part) : null) ?? throw GraphException.ItemNotFound();
    }

    /// <summary>An answer of one entity.</summary>
    public GraphAnswer Entity(HttpStatusCode status, string context, Action<JsonBody> write)
    {
        JsonBody body = new();
        body.Writer.WriteStartObject();
        WriteContext(body, context + "/$entity");
        write(body);
        body.Writer.WriteEndObject();
        return new GraphAnswer(status, body.Finish());
    }

    /// <summary>An answer of several entities, with what stands around them.</summary>
    public GraphAnswer Collection<T>(string context, IEnumerable<T> rows, Action<JsonBody, T> write, Action<JsonBody>? writeLinks = null)
    {
        JsonBody body = new();
        body.Writer.WriteStartObject();
        WriteContext(body, context);
        writeLinks?.Invoke(body);
        body.Writer.WriteStartArray("value");
        foreach (T row in rows)
        {
            body.Writer.WriteStartObject();
            write(body, row);
            body.Writer.WriteEndObject();
        }

        body.Writer.WriteEndArray();
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private void WriteContext(JsonBody body, string context)
    {
        string root = Has("mailbox") ? "admin/exchange/mailboxes('" + Uri.EscapeDataString(MailboxHandlers.MailboxId(Store)) : "users('" + Uri.EscapeDataString(Store.Address);
        body.Writer.WriteString("@odata.context", Request.BaseUrl + "/$metadata#" + root + "')/" + context);
    }
}
