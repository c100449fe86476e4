namespace PstMigration.Sandbox;

/// <summary>How much the sandbox takes before it says 429 or 413. The defaults are the limits Microsoft publishes for Outlook resources in Graph.</summary>
public sealed record SandboxLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Requests in <see cref="RequestWindow"/>; refused ones count.</summary>
    public int Requests { get; init; } = 10_000;

    /// <summary>The window <see cref="Requests"/> is counted in.</summary>
    public TimeSpan RequestWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests at the same time.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Bytes of PATCH, POST and PUT bodies in <see cref="UploadWindow"/>.</summary>
    public long UploadBytes { get; init; } = 150 * Megabyte;

    /// <summary>The window <see cref="UploadBytes"/> is counted in.</summary>
    public TimeSpan UploadWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of one request that is not a chunk of an upload session.</summary>
    public long RequestBytes { get; init; } = 4 * Megabyte;

    /// <summary>Bytes of a request that imports an item, which holds it in base64; nothing is published but that messages have at most 150 MB.</summary>
    public long ImportBytes { get; init; } = 200 * Megabyte + Megabyte;

    /// <summary>Items in one export.</summary>
    public int ExportItems { get; init; } = 20;

    /// <summary>Bytes of one attachment.</summary>
    public long AttachmentBytes { get; init; } = 150 * Megabyte;

    /// <summary>Bytes from which on an attachment is for upload sessions.</summary>
    public long UploadSessionBytes { get; init; } = 3 * Megabyte;

    /// <summary>UTF-16 units of a subject.</summary>
    public int SubjectLength { get; init; } = 255;

    /// <summary>Requests in one <c>$batch</c>.</summary>
    public int BatchRequests { get; init; } = 20;

    /// <summary>The published limits with requests, concurrency and upload bytes multiplied, so that a test meets them sooner or never.</summary>
    public static SandboxLimits Scaled(double factor)
    {
        SandboxLimits published = new();
        return published with
        {
            Requests = (int)Math.Max(1, published.Requests * factor),
            Concurrency = (int)Math.Max(1, published.Concurrency * factor),
            UploadBytes = (long)Math.Max(1, published.UploadBytes * factor),
        };
    }
}
