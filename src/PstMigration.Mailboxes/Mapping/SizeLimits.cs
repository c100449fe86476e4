namespace PstMigration.Mailboxes;

/// <summary>What the service takes in one piece, in bytes (large attachments guide; Exchange Online limits).</summary>
internal static class SizeLimits
{
    /// <summary>The JSON of one request. The service refuses 4 MB.</summary>
    public const long Json = 3_500_000;

    /// <summary>An attachment that travels inside JSON.</summary>
    public const long InlineAttachment = 3_000_000;

    /// <summary>An attachment below this may be refused an upload session.</summary>
    public const long UploadSession = 3 * 1024 * 1024;

    /// <summary>An attachment at all.</summary>
    public const long Attachment = 150_000_000;

    /// <summary>One piece of an upload: twelve times 320 KiB.</summary>
    public const int Chunk = 3_932_160;
}
