namespace PstMigration.Mailboxes;

/// <summary>A token and when it ends.</summary>
internal sealed record HeldToken(string Value, DateTimeOffset Until)
{
    /// <summary>Never shows the token.</summary>
    public override string ToString() => nameof(HeldToken);
}

/// <summary>
/// Holds the current token for all requests and renews it once, whoever finds it old. Reading the cache on disk for each request would have the requests of all
/// processes wait for each other.
/// </summary>
/// <param name="clock">The clock tokens end by.</param>
/// <param name="renew">Gets a token; true where the one that is kept is not good any more.</param>
internal sealed class TokenHolder(TimeProvider clock, Func<bool, CancellationToken, Task<HeldToken>> renew) : IDisposable
{
    /// <summary>A token that ends while a request is on its way is of no use.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile HeldToken? _token;

    /// <summary>Takes a token that came another way.</summary>
    public void Hold(HeldToken token) => _token = token;

    /// <summary>Forgets the token.</summary>
    public void Forget() => _token = null;

    /// <summary>A token that is good now.</summary>
    /// <param name="refused">The token the service refused; null for the first try.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Good(refused) is HeldToken current)
        {
            return current.Value;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Good(refused) is HeldToken renewed)
            {
                return renewed.Value;
            }

            bool force = refused is not null && _token?.Value == refused;
            HeldToken token = await renew(force, cancellationToken).ConfigureAwait(false);
            _token = token;
            return token.Value;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _token = null;
        _one.Dispose();
    }

    private HeldToken? Good(string? refused) =>
        _token is HeldToken token && token.Value != refused && token.Until - s_margin > clock.GetUtcNow() ? token : null;
}
