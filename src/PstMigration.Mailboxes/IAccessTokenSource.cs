namespace PstMigration.Mailboxes;

/// <summary>Gives access tokens for Microsoft Graph. How it gets them (a sign-in, a cache, a secret) is its own business.</summary>
public interface IAccessTokenSource
{
    /// <summary>A token that is valid now. Called once a request, so an implementation caches.</summary>
    /// <param name="refused">
    /// The token the service just refused with 401, so that a cache does not give it again; null for the first try.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Mapi.MailDataException">Nobody is signed in any more; the run ends.</exception>
    Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken);
}
