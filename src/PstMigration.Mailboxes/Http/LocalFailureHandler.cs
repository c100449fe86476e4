using System.Net.Http;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What stands in the network's place, a mailbox kept in a file, fails as files do: its disk is full, or a place in it is damaged. To those above that is
/// an error of the mailbox under the same id, which ends a run where the file's error does, and never an answer of a service.
/// </summary>
internal sealed class LocalFailureHandler : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e) when (e is not MailboxException)
        {
            throw new MailboxException(e.Error, e.Message, e) { EndsRun = e.EndsRun };
        }
    }
}
