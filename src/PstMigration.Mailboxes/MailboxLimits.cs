namespace PstMigration.Mailboxes;

/// <summary>
/// What one app may ask of one mailbox. The defaults stay a little below the limits Microsoft publishes for the Outlook service
/// (10,000 requests in 10 minutes, 150 MB of request bodies in 5 minutes, 4 requests at once), because other programs of the
/// same registration share them.
/// </summary>
public sealed record MailboxLimits
{
    /// <summary>Requests under way at once.</summary>
    public int ConcurrentRequests { get; init; } = 4;

    /// <summary>Requests within <see cref="RequestWindow"/>.</summary>
    public int Requests { get; init; } = 9_500;

    /// <summary>The sliding window <see cref="Requests"/> are counted in.</summary>
    public TimeSpan RequestWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of request bodies within <see cref="UploadWindow"/>.</summary>
    public long UploadBytes { get; init; } = 140_000_000;

    /// <summary>The sliding window <see cref="UploadBytes"/> are counted in.</summary>
    public TimeSpan UploadWindow { get; init; } = TimeSpan.FromMinutes(5);
}
