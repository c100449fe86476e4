using System.Net;
using System.Net.Http;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Takes a request past limits, faults and routes to its handler, and turns errors into answers.</summary>
internal sealed class SandboxService(MailboxStore store, SandboxOptions options, SandboxFaults faults)
{
    private readonly Throttle _throttle = new(options.TimeProvider, options.Limits);
    private readonly MailboxAccess _access = new(store, options);

    public SandboxOptions Options { get; } = options;

    /// <summary>What was asked so far.</summary>
    public SandboxStatistics Statistics => _throttle.Statistics;

    /// <summary>Answers one request, a batch among them.</summary>
    /// <exception cref="HttpRequestException">A fault broke the connection.</exception>
    /// <exception cref="StorageException">The file the mailbox is kept in failed: DiskFull, FileDamaged, FileAccessFailed.</exception>
    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (IsBatch(request))
            {
                // The requests in a batch are counted, not the batch.
                return await new BatchRunner(this, _throttle).RunAsync(request, cancellationToken).ConfigureAwait(false);
            }

            _throttle.CountRequest();
            using Throttle.Places place = _throttle.TakePlaces(1);
            return place.Count == 0 ? throw _throttle.NoPlace() : await AnswerInPlaceAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphException e)
        {
            return Errors.Answer(e, request, Options.TimeProvider);
        }
    }

    /// <summary>Counts and answers a request of a batch that has its place.</summary>
    public async Task<GraphAnswer> AnswerPartAsync(GraphRequest request, bool hasPlace, CancellationToken cancellationToken)
    {
        try
        {
            _throttle.CountRequest();
            return hasPlace ? await AnswerInPlaceAsync(request, cancellationToken).ConfigureAwait(false) : throw _throttle.NoPlace();
        }
        catch (GraphException e)
        {
            return Errors.Answer(e, request, Options.TimeProvider);
        }
    }

    private static bool IsBatch(GraphRequest request) =>
        request.Segments.Count == 1 && request.Segments[0] == Routes.Batch.Path && request.Method == Routes.Batch.Method;

    private async Task<GraphAnswer> AnswerInPlaceAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        if (Options.Latency > TimeSpan.Zero)
        {
            await Options.TimeProvider.Delay(Options.Latency, cancellationToken).ConfigureAwait(false);
        }

        SandboxFault? fault = faults.Next(request.Method, request.Path);
        if (fault?.Delay > TimeSpan.Zero)
        {
            await Options.TimeProvider.Delay(fault.Delay, cancellationToken).ConfigureAwait(false);
        }

        if (fault is { CutsRequest: true } && request.BodyStream is not null)
        {
            // What comes before the cut arrives.
            request.BodyStream = new BrokenStream(request.BodyStream, UploadHandlers.ChunkLength(request) / 2);
        }
        else if (fault is { CutsRequest: true } or { Point: SandboxFaultPoint.BeforeCommit, IsAnswered: false })
        {
            return Strike(fault, request);
        }

        GraphAnswer answer = await RouteAsync(request, fault?.WrongFolder, cancellationToken).ConfigureAwait(false);
        return fault is null ? answer : fault.IsAnswered ? answer with { BreaksOff = fault.TruncatesBody } : Strike(fault, request);
    }

    private async Task<GraphAnswer> RouteAsync(GraphRequest request, string? wrongFolder, CancellationToken cancellationToken)
    {
        (Route route, Dictionary<string, string> parameters) = Find(request);
        MailboxStore mailbox = _access.Open(request, route, parameters);
        if (wrongFolder is not null && (parameters.ContainsKey("folder") || ImportHandlers.IsImport(request.Segments)))
        {
            parameters["folder"] = wrongFolder;
        }

        if (route.Body == RouteBody.Whole)
        {
            _throttle.CountUpload(request.Body.Length);
        }
        else if (route.Body == RouteBody.Streamed)
        {
            _throttle.CountUpload(UploadHandlers.ChunkLength(request));
        }

        GraphCall call = new(mailbox, Options, request, parameters);
        try
        {
            return route.Body == RouteBody.Streamed
                ? route.Handler(call)
                : await mailbox.RunAsync(() => route.Handler(call), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOurFault(e))
        {
            throw new GraphException(HttpStatusCode.InternalServerError, "ErrorInternalServerError", e.GetType().Name + ": " + e.Message);
        }
    }

    /// <summary>
    /// Whether an error says that the sandbox cannot do what was asked, which a service answers with 500. The file it is kept in is no part of the service: that its
    /// disk is full or it is damaged is told as it is, and so is what reading the request throws.
    /// </summary>
    private static bool IsOurFault(Exception e) =>
        e is StorageException { Problem: StorageProblem.Refused }
        || e is not (GraphException or MailDataException or OperationCanceledException or ObjectDisposedException or IOException or HttpRequestException);

    private (Route Route, Dictionary<string, string> Parameters) Find(GraphRequest request)
    {
        bool upload = UploadHandlers.IsUpload(request);
        IReadOnlyList<string> path = request.Segments;
        if (!upload)
        {
            if (Options.RequiresAuthorization && request.Header("Authorization")?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) != true)
            {
                throw new GraphException(HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "Access token is empty.");
            }

            path = MailboxAccess.IsBelow(request.Segments) ? request.Segments : BelowMailbox(request);
        }

        List<(Route Route, Dictionary<string, string> Parameters)> matches = (upload ? Routes.Uploads : MailboxAccess.IsBelow(request.Segments) ? Routes.Mailboxes : Routes.All)
            .Select(r => (Route: r, Parameters: r.Match(path)!))
            .Where(m => m.Parameters is not null)
            .OrderByDescending(m => m.Route.Literals)
            .ToList();
        if (matches.Count == 0)
        {
            throw GraphException.BadRequest("BadRequest", $"Resource not found for the segment '{(path.Count == 0 ? "" : path[path.Count - 1])}'.");
        }

        var match = matches.Find(m => m.Route.Literals == matches[0].Route.Literals && m.Route.Method == request.Method);
        return match.Route is null
            ? throw new GraphException(HttpStatusCode.MethodNotAllowed, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
            : match;
    }

    // The path below /me or /users/{this mailbox}.
    private string[] BelowMailbox(GraphRequest request)
    {
        IReadOnlyList<string> path = request.Segments;
        if (path.Count > 0 && string.Equals(path[0], "me", StringComparison.OrdinalIgnoreCase))
        {
            return path.Skip(1).ToArray();
        }

        if (path.Count > 1 && string.Equals(path[0], "users", StringComparison.OrdinalIgnoreCase))
        {
            return string.Equals(path[1], store.Address, StringComparison.OrdinalIgnoreCase)
                || (Guid.TryParse(path[1], out Guid id) && id == store.MailboxGuid)
                ? path.Skip(2).ToArray()
                : throw new GraphException(HttpStatusCode.NotFound, "ErrorInvalidUser", $"The requested user '{path[1]}' is invalid.");
        }

        throw GraphException.BadRequest("BadRequest", $"Resource not found for the segment '{(path.Count == 0 ? "" : path[0])}'.");
    }

    private GraphAnswer Strike(SandboxFault fault, GraphRequest request)
    {
        if (fault.CutsRequest || fault.StatusCode is not int status)
        {
            throw new HttpRequestException("An error occurred while sending the request: the connection was closed.");
        }

        GraphAnswer answer = Errors.Answer(
            new GraphException((HttpStatusCode)status, fault.Code, "The server cannot service this request right now. Try again later.", fault.RetryAfter), request, Options.TimeProvider);
        if (fault.Location is Uri location)
        {
            answer.Headers["Location"] = location.AbsoluteUri;
        }

        return answer;
    }
}
