namespace PstMigration.Sandbox;

/// <summary>When a fault strikes.</summary>
public enum SandboxFaultPoint
{
    /// <summary>Before anything is done: nothing is stored.</summary>
    BeforeCommit,

    /// <summary>After everything is done: it is stored, and the client does not learn of it.</summary>
    AfterCommit,
}

/// <summary>Something that goes wrong on demand.</summary>
public sealed record SandboxFault
{
    /// <summary>The HTTP method it strikes; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Text the path has in it, compared without case, such as "/messages"; null for any. Paths have no version and no query.</summary>
    public string? Path { get; init; }

    /// <summary>Matching requests to leave alone first.</summary>
    public int Skip { get; init; }

    /// <summary>Matching requests to strike.</summary>
    public int Times { get; init; } = 1;

    /// <summary>When it strikes.</summary>
    public SandboxFaultPoint Point { get; init; }

    /// <summary>The status to answer. Null: the connection breaks without an answer.</summary>
    public int? StatusCode { get; init; } = 503;

    /// <summary>The error code to answer.</summary>
    public string Code { get; init; } = "ErrorServerBusy";

    /// <summary>The share of matching requests it strikes, by chance but always the same ones (0 to 1); null: each of them.</summary>
    public double? Share { get; init; }

    /// <summary>How long the answer takes; with <see cref="StatusCode"/> 200 that is all that goes wrong.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The answer is right, but its body breaks off half way.</summary>
    public bool TruncatesBody { get; init; }

    /// <summary>The connection breaks half way through the body of the request.</summary>
    public bool CutsRequest { get; init; }

    /// <summary>The message lands in this folder (a well-known name) instead of the one it was posted to.</summary>
    public string? WrongFolder { get; init; }

    /// <summary>Where a redirect (status 308) points.</summary>
    public Uri? Location { get; init; }

    /// <summary>Whether the request is answered as ever, if late, broken off or in the wrong place.</summary>
    internal bool IsAnswered => !CutsRequest && (StatusCode == 200 || TruncatesBody || WrongFolder is not null);

    /// <summary>The error's Retry-After, if any.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
