using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox behind Microsoft Graph. Opening it sends nothing and loads nothing; the first call does. Every request goes through
/// one chain: immutable ids, our own retries, the token, the published limits, no redirects.
/// </summary>
public sealed class GraphMailboxConnection : IMailbox, IHasArchive
{
    private readonly MailboxConnectionOptions _options;
    private readonly SharedHandler _handler;
    private readonly WaitTeller _waits;
    private GraphIdentity? _identity;

    private GraphMailboxConnection(MailboxConnectionOptions options)
    {
        _options = options;
        _handler = new SharedHandler(options);
        _waits = new WaitTeller(w => Waiting?.Invoke(w), options.Clock);
    }

    /// <inheritdoc/>
    public string Address => _identity is { Address.Length: > 0 } known ? known.Address : _options.Address;

    /// <inheritdoc/>
    public string DisplayName => _identity?.DisplayName ?? Address;

    /// <inheritdoc/>
    public MailboxKind Kind => _options.Kind;

    /// <inheritdoc/>
    public event Action<MailboxWait>? Waiting;

    /// <summary>Makes a connection. Sends nothing.</summary>
    /// <exception cref="MailboxException">The base address is not one a token may be sent to.</exception>
    public static GraphMailboxConnection Open(MailboxConnectionOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        if (string.IsNullOrWhiteSpace(options.Address))
        {
            throw new ArgumentException("A connection needs the mailbox's address.", nameof(options));
        }

        _ = new AllowedHosts(options.BaseAddress, options.Kind);
        return new GraphMailboxConnection(options);
    }

    /// <inheritdoc/>
    public async Task<MailboxInfo> GetInfoAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        using GraphClient client = await ReachAsync(log, cancellationToken).ConfigureAwait(false);
        return await client.GetInfoAsync(Address, Kind, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MailboxFolderInfo>> GetFoldersAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        using GraphClient client = await ReachAsync(log, cancellationToken).ConfigureAwait(false);
        return await client.GetFolderInfosAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IItemSource> OpenSourceAsync(Action<string>? log, CancellationToken cancellationToken) =>
        new GraphItemSource(Address, await ReachAsync(log, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<IItemTarget> OpenTargetAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        GraphClient client = await ReachAsync(log, cancellationToken).ConfigureAwait(false);
        MailboxTurns turns = MailboxTurns.Get(_options.BaseAddress.Host, client.StoreKey, _options.Clock, _options.LimitsFolder);
        return new GraphItemTarget(Address, client, (writer, stop) => turns.BeginAsync(writer, _waits, stop));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MailboxFolderInfo>> GetArchiveFoldersAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        using ArchiveClient client = await ArchiveClient.OpenAsync(_options, _handler, log, _waits, cancellationToken).ConfigureAwait(false);
        List<MailboxFolderInfo> folders = [];
        await foreach (ArchiveFolder folder in ArchiveFolder.ListAsync(client, cancellationToken).ConfigureAwait(false))
        {
            folders.Add(new MailboxFolderInfo(folder.Id, folder.Path, folder.Role, folder.ContainerClass, folder.ItemCount, null, null));
        }

        return folders;
    }

    /// <inheritdoc/>
    public async Task<IItemSource> OpenArchiveAsync(Action<string>? log, CancellationToken cancellationToken) =>
        new ArchiveItemSource(Address, await ArchiveClient.OpenAsync(_options, _handler, log, _waits, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => _handler.Close();

    /// <summary>The client of one operation. The sign-in works, and who the mailbox is is known.</summary>
    private async Task<GraphClient> ReachAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        GraphClient client = new(_options, _handler, _identity, log, _waits);
        try
        {
            _identity = await client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
