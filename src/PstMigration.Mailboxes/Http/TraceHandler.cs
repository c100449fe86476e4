using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>Writes one line for each request that went out, without anything secret.</summary>
internal sealed class TraceHandler(Action<string> write, TimeProvider clock) : DelegatingHandler
{
    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "Rethrown; the line must say what happened whatever it was.")]
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        string outcome = "";
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            outcome = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response;
        }
        catch (Exception e)
        {
            outcome = e.GetType().Name;
            throw;
        }
        finally
        {
            write(string.Format(
                CultureInfo.InvariantCulture,
                "{0} -> {1} ({2} bytes sent, {3:0} ms)",
                Redaction.Describe(request),
                outcome,
                request.Content?.Headers.ContentLength ?? 0,
                clock.GetElapsedTime(started).TotalMilliseconds));
        }
    }
}
