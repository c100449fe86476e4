using System.Net;
using System.Text.Json;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace PstMigration.Mailboxes;

/// <summary>Makes our errors of the service's: those that end the run, and those about one request.</summary>
internal static class GraphErrors
{
    /// <summary>Makes a call of the typed client.</summary>
    /// <exception cref="MailboxException">Nothing more can be done with the mailbox.</exception>
    /// <exception cref="GraphRequestException">The service refused this request.</exception>
    /// <exception cref="BadAnswerException">The call succeeded, but its answer cannot be read.</exception>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ApiException e) when (!Succeeded(e))
        {
            throw Translate(e);
        }
        catch (Exception e) when (e is JsonException or ApiException or FormatException or InvalidOperationException)
        {
            throw new BadAnswerException(e);
        }
    }

    /// <summary>Makes a call that gives nothing.</summary>
    public static async Task CallAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>The error of a status and what the service said about it.</summary>
    public static Exception FromStatus(int status, string code, string text, Exception? inner)
    {
        string said = Redaction.Clean(text.Length > 0 ? text : code);
        return status switch
        {
            (int)HttpStatusCode.Unauthorized => new MailboxException(MailboxErrorIds.MailboxSignInLost, MailboxException.Format(Strings.SignInLost, said), inner),
            _ when MailboxState.Of(code, text) is MailboxState state => new MailboxException(state.Error, MailboxException.Format(state.Text, said), inner),
            (int)HttpStatusCode.Forbidden when !IsQuota(code) => new MailboxException(MailboxErrorIds.MailboxAccessDenied, MailboxException.Format(Strings.AccessDenied, said), inner),
            (int)HttpStatusCode.NotFound when IsNoMailbox(code) => new MailboxException(MailboxErrorIds.MailboxNotFound, MailboxException.Format(Strings.MailboxNotFound, said), inner),
            507 => Full(said, inner),
            _ when IsQuota(code) => Full(said, inner),
            >= 500 => new MailboxException(MailboxErrorIds.MailboxUnavailable, MailboxException.Format(Strings.MailboxUnavailable, status, code, said), inner),
            _ => new GraphRequestException(status, code, MailboxException.Format(Strings.GraphRejected, status, code, said), inner),
        };
    }

    /// <summary>Errors that say something about one item alone; the others end the run and leave the item for the next one to complete.</summary>
    /// <remarks>A refusal is among them: the create was allowed, so what is refused is adding to an item that is no draft.</remarks>
    public static bool IsOfOneItem(Exception exception) => exception is AmbiguousResponseException or BadAnswerException or IOException
        or (Mapi.MailDataException and not MailboxException)
        || (exception as MailboxException)?.Error == MailboxErrorIds.MailboxAccessDenied;

    private static Exception Translate(ApiException e) => FromStatus(
        e.ResponseStatusCode,
        (e as ODataError)?.Error?.Code ?? "",
        (e as ODataError)?.Error?.Message ?? "",
        e);

    // Kiota 2 says so of an answer that came and cannot be read; a call that succeeded is never a refused one.
    private static bool Succeeded(ApiException e) => e.ResponseStatusCode is >= 200 and < 300;

    private static MailboxException Full(string said, Exception? inner) =>
        new(MailboxErrorIds.MailboxFull, MailboxException.Format(Strings.MailboxFull, said), inner);

    private static bool IsQuota(string code) => code is "ErrorQuotaExceeded" or "ErrorMailboxFull" or "QuotaExceeded";

    private static bool IsNoMailbox(string code) =>
        code is "MailboxNotEnabledForRESTAPI" or "ResourceNotFound" or "Request_ResourceNotFound" or "ErrorInvalidUser" or "ErrorNonExistentMailbox" or "MailboxNotFound";
}
