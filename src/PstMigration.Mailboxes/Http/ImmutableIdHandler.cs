using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>Asks for immutable ids on every call, so that an item keeps its id when it is moved within the mailbox.</summary>
internal sealed class ImmutableIdHandler : DelegatingHandler
{
    private const string Preference = "IdType=\"ImmutableId\"";

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is not SessionRequest)
        {
            request.Headers.TryAddWithoutValidation("Prefer", Preference);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
