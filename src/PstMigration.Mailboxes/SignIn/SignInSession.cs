using System.Net.Http;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A sign-in that worked: gives tokens as long as it holds. Disposing it leaves what is kept for later.</summary>
public abstract class SignInSession : IAccessTokenSource, IDisposable
{
    /// <summary>Who is signed in, for what, how long.</summary>
    public abstract SignInInfo Info { get; }

    /// <summary>What was asked for and not granted: everything but mail can be done without.</summary>
    public virtual IReadOnlyList<string> Refused => [];

    /// <summary>Whether the token is a person's, so that the person's own mailbox need not be named.</summary>
    public virtual bool IsPerson => false;

    /// <summary>What really sends where it is not the network; it brings the tokens itself.</summary>
    internal virtual HttpMessageHandler? Handler => null;

    /// <summary>The cloud the session is in, where it brings it along.</summary>
    internal virtual CloudEndpoints? Endpoints => null;

    /// <inheritdoc/>
    public abstract Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken);

    /// <summary>Removes the account and all its tokens from what is kept for later.</summary>
    /// <exception cref="MailDataException">TokenCacheUnavailable: it cannot be written.</exception>
    public virtual Task ForgetAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the session holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
