using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The service refused one request; the others are not concerned. What was refused was not done.</summary>
internal sealed class GraphRequestException(int status, string code, string message, Exception? inner)
    : MailDataException(MailboxErrorIds.GraphRejected, message, inner)
{
    /// <summary>What the service calls it; may be empty.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Whether the thing asked for is not there.</summary>
    public bool IsNotFound => Status == 404;
}
