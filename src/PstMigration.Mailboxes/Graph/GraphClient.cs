using System.Net.Http;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Serialization;
using Microsoft.Kiota.Serialization.Json;

namespace PstMigration.Mailboxes;

/// <summary>The typed client of one mailbox over our own chain, and what is known about the mailbox.</summary>
internal sealed class GraphClient : IDisposable
{
    private const string StorePrefix = "graph:";

    private readonly HttpClientRequestAdapter _adapter;
    private readonly GraphServiceClient _client;
    private readonly string _address;
    private readonly bool _isSandbox;
    private readonly GraphItems[] _items;
    private GraphIdentity? _identity;

    /// <summary>A client.</summary>
    /// <param name="options">The connection's.</param>
    /// <param name="network">What really sends.</param>
    /// <param name="identity">Who the mailbox is; null where it was not asked yet.</param>
    /// <param name="log">Takes a line for each request; null for none.</param>
    /// <param name="waits">Told of waits; null for nobody.</param>
    public GraphClient(MailboxConnectionOptions options, SharedHandler network, GraphIdentity? identity, Action<string>? log, WaitTeller? waits = null)
    {
        _identity = identity;
        _address = options.Address;
        _isSandbox = options.Kind == MailboxKind.Sandbox;
        Clock = options.Clock;
        Http = HandlerChain.Create(options, network, log, waits);
        RequestsAtOnce = options.Limits.ConcurrentRequests;
        Json = CreateJson();
        _adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), new JsonParseNodeFactory(Json), new JsonSerializationWriterFactory(Json), Http);
        _client = new GraphServiceClient(_adapter, options.BaseAddress.AbsoluteUri.TrimEnd('/'));
        User = _client.Users[options.IsSignedInUser ? MeAddressHandler.Placeholder : options.Address];
        Folders = new GraphFolders(this);
        _items = new GraphItems[] { new MailItems(this), new ContactItems(this), new EventItems(this), new TaskItems(this) };
    }

    /// <summary>For what the typed client has no call for: upload sessions.</summary>
    public HttpClient Http { get; }

    public TimeProvider Clock { get; }

    /// <summary>How many requests may be under way at once.</summary>
    public int RequestsAtOnce { get; }

    /// <summary>The builders below the mailbox's user.</summary>
    public UserItemRequestBuilder User { get; }

    public GraphFolders Folders { get; }

    /// <summary>The store of all item keys; the identity must have been read.</summary>
    public string StoreKey => StorePrefix + (_identity?.Id ?? throw new InvalidOperationException("The mailbox was not reached yet."));

    private KiotaJsonSerializationContext Json { get; }

    /// <summary>The service's address with its version.</summary>
    public string BaseAddress => _adapter.BaseUrl!;

    /// <summary>What can be done with items of a kind.</summary>
    public GraphItems Items(GraphFolderKind kind) => _items[(int)kind];

    /// <summary>How long a model is as the client would write it.</summary>
    public long MeasureJson(IParsable model)
    {
        using System.IO.Stream content = WriteJson(model);
        return content.Length;
    }

    /// <summary>A model as the client would write it: UTF-8 JSON.</summary>
    public System.IO.Stream WriteJson(IParsable model)
    {
        using JsonSerializationWriter writer = new(Json);
        writer.WriteObjectValue(null, model);
        return writer.GetSerializedContent();
    }

    /// <summary>
    /// Who the mailbox is. Where the sign-in may not read users (app-only with mail permissions alone) the address stands in for
    /// the id, which holds as long as the mailbox keeps its address.
    /// </summary>
    public async Task<GraphIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        if (_identity is GraphIdentity known)
        {
            return known;
        }

        try
        {
            User? user = await GraphErrors.CallAsync(() => User.GetAsync(
                c => c.QueryParameters.Select = ["id", "displayName", "mail", "userPrincipalName"], cancellationToken)).ConfigureAwait(false);
            _identity = new GraphIdentity(
                user?.Id ?? _address.ToLowerInvariant(), user?.Mail ?? user?.UserPrincipalName ?? _address, user?.DisplayName ?? _address);
        }
        catch (MailboxException e) when (e.Error == MailboxErrorIds.MailboxAccessDenied)
        {
            // Reaching a folder proves that the mailbox itself is open to the sign-in.
            await Folders.FindRoleAsync(Mapi.FolderRole.Inbox, cancellationToken).ConfigureAwait(false);
            _identity = new GraphIdentity(_address.ToLowerInvariant(), _address, _address);
        }

        return _identity;
    }

    public async Task<MailboxInfo> GetInfoAsync(string address, MailboxKind kind, CancellationToken cancellationToken)
    {
        GraphIdentity identity = await GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<GraphFolder> folders = await Folders.ListWithSizesAsync(cancellationToken).ConfigureAwait(false);
        List<long> sizes = [.. folders.Where(f => f.Kind == GraphFolderKind.Mail).Select(f => f.Size).OfType<long>()];
        return new MailboxInfo(
            identity.Address.Length > 0 ? identity.Address : address,
            identity.DisplayName,
            identity.Id,
            kind,
            folders.Count,
            folders.Sum(f => f.ItemCount),
            sizes.Count > 0 ? sizes.Sum() : null);
    }

    public async Task<IReadOnlyList<MailboxFolderInfo>> GetFolderInfosAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<GraphFolder> folders = await Folders.ListWithSizesAsync(cancellationToken).ConfigureAwait(false);
        return [.. folders.Select(f => new MailboxFolderInfo(f.Id, f.Path, f.Role, f.ContainerClass, f.ItemCount, f.UnreadCount, f.Size))];
    }

    /// <summary>Whether mail may be sent to an address the service gave out: over TLS only, but for a sandbox.</summary>
    public bool MayUploadTo(Uri address) => address.Scheme == Uri.UriSchemeHttps || (_isSandbox && address.Scheme == Uri.UriSchemeHttp);

    /// <summary>Sends a request the typed client has built, with our own changes.</summary>
    public Task SendAsync(RequestInformation request, CancellationToken cancellationToken)
    {
        return _adapter.SendNoContentAsync(request, Errors, cancellationToken);
    }

    private static Dictionary<string, ParsableFactory<IParsable>> Errors => new()
    {
        ["XXX"] = Microsoft.Graph.Models.ODataErrors.ODataError.CreateFromDiscriminatorValue,
    };

    /// <summary>The bytes of what a request asks for, as they come.</summary>
    public async Task<System.IO.Stream> OpenValueAsync(RequestInformation request, CancellationToken cancellationToken)
    {
        request.UrlTemplate = request.UrlTemplate!.Split(["{?"], StringSplitOptions.None)[0] + "/$value";
        return await _adapter.SendPrimitiveAsync<System.IO.Stream>(request, Errors, cancellationToken).ConfigureAwait(false)
            ?? System.IO.Stream.Null;
    }

    public void Dispose()
    {
        _client.Dispose();
        _adapter.Dispose();
        Http.Dispose();
    }

    /// <summary>
    /// The service takes UTF-8: without escaping everything that is not ASCII a Japanese body needs half the bytes, and markup
    /// a sixth. Bytes are what the service counts.
    /// </summary>
    private static KiotaJsonSerializationContext CreateJson() =>
        new(new JsonSerializerOptions(KiotaJsonSerializationContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Who a mailbox is.</summary>
internal sealed record GraphIdentity(string Id, string Address, string DisplayName);
