using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox behind Microsoft Graph. Opening it sends nothing and loads nothing; the first call does. Every request goes through
/// one chain: immutable ids, our own retries, the token, the published limits, no redirects.
/// </summary>
public sealed class MailboxConnection : IDisposable
{
    private readonly MailboxConnectionOptions _options;
    private readonly Lazy<GraphMailbox> _mailbox;
    private bool _disposed;

    private MailboxConnection(MailboxConnectionOptions options)
    {
        _options = options;
        _mailbox = new Lazy<GraphMailbox>(() => new GraphMailbox(options));
    }

    /// <summary>The SMTP address it was opened with.</summary>
    public string Address => _options.Address;

    /// <summary>What stands behind it.</summary>
    public MailboxKind Kind => _options.Kind;

    /// <summary>Where the service is reached.</summary>
    public Uri BaseAddress => _options.BaseAddress;

    /// <summary>The service's id of the mailbox; null before the first call.</summary>
    public string? MailboxId => _mailbox.IsValueCreated ? _mailbox.Value.KnownId : null;

    /// <summary>The <see cref="Mapi.ItemKey.Store"/> of its items, <c>graph:</c> and the id; null before the first call.</summary>
    public string? StoreKey => MailboxId is string id ? GraphMailbox.StorePrefix + id : null;

    /// <summary>Makes a connection. Sends nothing.</summary>
    /// <exception cref="MailboxException">The base address is not one a token may be sent to.</exception>
    public static MailboxConnection Open(MailboxConnectionOptions options)
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
        return new MailboxConnection(options);
    }

    /// <summary>Reaches the mailbox: the sign-in works, and <see cref="MailboxId"/> is known afterwards.</summary>
    /// <exception cref="Mapi.MailDataException">The mailbox cannot be reached or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken) =>
        await Mailbox.GetIdentityAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The mailbox at a glance.</summary>
    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => Mailbox.GetInfoAsync(Address, Kind, cancellationToken);

    /// <summary>The mail and contact folders people see, parents before children.</summary>
    public Task<IReadOnlyList<MailboxFolderInfo>> GetFoldersAsync(CancellationToken cancellationToken) =>
        Mailbox.GetFolderInfosAsync(cancellationToken);

    /// <summary>The mailbox as a place to copy from.</summary>
    public async Task<GraphItemSource> OpenSourceAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return new GraphItemSource(this);
    }

    /// <summary>The mailbox as a place to copy to.</summary>
    public async Task<GraphItemTarget> OpenTargetAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return new GraphItemTarget(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed && _mailbox.IsValueCreated)
        {
            _mailbox.Value.Dispose();
        }

        _disposed = true;
    }

    internal GraphMailbox Mailbox => _disposed ? throw new ObjectDisposedException(nameof(MailboxConnection)) : _mailbox.Value;
}
