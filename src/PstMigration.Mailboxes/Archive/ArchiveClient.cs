using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PstMigration.Mailboxes;

/// <summary>
/// What is asked of an archive: the import and export of mailbox items in the beta of Microsoft Graph, where archives are (concepts/mailbox-import-export-concept-overview). The typed client has v1.0 alone, so these
/// calls are our own, over the same chain: limits, retries, token, and the one redirect that is followed, that of an archive that grew into another mailbox.
/// </summary>
internal sealed class ArchiveClient : IDisposable
{
    private const string Version = "beta";
    private const string Moved = "ErrorArchiveFolderMovedPermanently";
    private const string GlobalHost = "graph.microsoft.com";

    private readonly HttpClient _http;
    private readonly string _root;

    private ArchiveClient(HttpClient http, MailboxConnectionOptions options, string root, string mailboxId)
    {
        _http = http;
        _root = root;
        MailboxId = mailboxId;
        Clock = options.Clock;
        RequestsAtOnce = options.Limits.ConcurrentRequests;
    }

    /// <summary>MBX:guid@tenant: the store of all keys.</summary>
    public string MailboxId { get; }

    public TimeProvider Clock { get; }

    public int RequestsAtOnce { get; }

    private string Mailbox => _root + "/admin/exchange/mailboxes/" + Uri.EscapeDataString(MailboxId);

    /// <summary>Finds the archive of a mailbox.</summary>
    /// <exception cref="MailboxException">ArchiveNotReachable, ArchiveNotFound, ArchiveNotAllowed; the mailbox cannot be reached or refuses.</exception>
    public static async Task<ArchiveClient> OpenAsync(MailboxConnectionOptions options, SharedHandler network, Action<string>? log, WaitTeller waits, CancellationToken cancellationToken)
    {
        bool isThere = options.Kind == MailboxKind.Sandbox || (options.Kind == MailboxKind.Organization && string.Equals(options.BaseAddress.Host, GlobalHost, StringComparison.OrdinalIgnoreCase));
        if (!isThere)
        {
            throw MailboxException.ArchiveNotReachable();
        }

        HttpClient http = HandlerChain.Create(options, network, log, waits);
        try
        {
            string root = options.BaseAddress.GetLeftPart(UriPartial.Authority) + "/" + Version;
            string user = options.IsSignedInUser ? "/me" : "/users/" + Uri.EscapeDataString(options.Address);
            using JsonDocument settings = await GetAsync(http, root + user + "/settings/exchange", cancellationToken).ConfigureAwait(false);
            return ArchiveJson.Text(settings.RootElement, "inPlaceArchiveMailboxId") is { Length: > 0 } id
                ? new ArchiveClient(http, options, root, id)
                : throw MailboxException.ArchiveNotFound(options.Address);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The folders below the root people see, or below one of them.</summary>
    public IAsyncEnumerable<JsonElement> FoldersAsync(string? parentId, CancellationToken cancellationToken) =>
        PagesAsync(Mailbox + "/folders" + (parentId is null ? "" : "/" + Uri.EscapeDataString(parentId) + "/childFolders") + "?$top=100", cancellationToken);

    /// <summary>The items of a folder, with extended properties.</summary>
    public IAsyncEnumerable<JsonElement> ItemsAsync(string folderId, string expand, CancellationToken cancellationToken) => PagesAsync(
        Mailbox + "/folders/" + Uri.EscapeDataString(folderId) + "/items?$top=100&$select=id,changeKey,type,size,createdDateTime,lastModifiedDateTime&$expand=" + Uri.EscapeDataString(expand), cancellationToken);

    /// <summary>The stream of an item, as it comes. An item that lies in another part of the archive is asked for there.</summary>
    /// <exception cref="ArchiveExportException">It was not exported.</exception>
    public async Task<Stream> ExportAsync(string itemId, CancellationToken cancellationToken)
    {
        Uri address = new(Mailbox + "/exportItems");
        try
        {
            return await ExportAsync(address, itemId, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveExportException e) when (e.Code == Moved && Uri.TryCreate(e.Said, UriKind.Absolute, out Uri? other) && RedirectHandler.IsSamePlace(address, other))
        {
            return await ExportAsync(other, itemId, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Stream> ExportAsync(Uri address, string itemId, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, string[]> { ["ItemIds"] = [itemId] }), Encoding.UTF8, "application/json"),
        };
        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckAsync(response).ConfigureAwait(false);
            return await ExportAnswer.OpenAsync(await OpenAsync(response.Content).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (string? link = first; link is { Length: > 0 };)
        {
            if (!seen.Add(link))
            {
                // It would be read for ever.
                throw new BadAnswerException(new FormatException("The list has no end."));
            }

            using JsonDocument page = await GetAsync(_http, link, cancellationToken).ConfigureAwait(false);
            foreach (JsonElement entry in ArchiveJson.List(page.RootElement, "value"))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            link = ArchiveJson.Text(page.RootElement, "@odata.nextLink");
        }
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response).ConfigureAwait(false);
        try
        {
            return await ReadAsync(response.Content).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw new BadAnswerException(e);
        }
    }

    // What is not streamed is in memory already.
    private static async Task<JsonDocument> ReadAsync(HttpContent content) => JsonDocument.Parse(await content.ReadAsStreamAsync().ConfigureAwait(false));

    private static Task<Stream> OpenAsync(HttpContent content) => content.ReadAsStreamAsync();

    private static async Task CheckAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        JsonElement? error = null;
        try
        {
            using JsonDocument document = await ReadAsync(response.Content).ConfigureAwait(false);
            error = ArchiveJson.Member(document.RootElement, "error")?.Clone();
        }
        catch (JsonException)
        {
            // The status says enough.
        }

        string code = ArchiveJson.Text(error, "code") ?? "";
        string said = ArchiveJson.Text(error, "message") ?? "";
        throw response.StatusCode == HttpStatusCode.Forbidden
            ? MailboxException.ArchiveNotAllowed(Redaction.Clean(said.Length > 0 ? said : code))
            : GraphErrors.FromStatus((int)response.StatusCode, code, said, null);
    }
}
