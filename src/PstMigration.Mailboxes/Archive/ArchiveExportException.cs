namespace PstMigration.Mailboxes;

/// <summary>The service did not export an item, and says why; both texts are empty where it left it out without a word.</summary>
internal sealed class ArchiveExportException(string code, string text)
    : MailboxException(MailboxErrorIds.GraphRejected, Format(Strings.GraphRejected, 200, code, Redaction.Clean(text)))
{
    /// <summary>The code, such as ErrorItemNotFound.</summary>
    public string Code { get; } = code;

    /// <summary>What the service said.</summary>
    public string Said { get; } = text;
}
