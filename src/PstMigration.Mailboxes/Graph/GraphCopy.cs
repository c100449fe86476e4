namespace PstMigration.Mailboxes;

/// <summary>An item of the mailbox that one of our runs wrote.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Created">When the service made it.</param>
/// <param name="AttachmentCount">How many attachments it must have; 0 where none follow the create. A contact's picture counts as one, and each occurrence that differs from its series.</param>
internal sealed record GraphCopy(string Id, GraphFolderKind Kind, DateTimeOffset Created, int AttachmentCount)
{
    /// <summary>Whether it is known if the attachments are complete.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The service's id of the older copy it takes the place of; null where there was none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The list of a task, without which it is not found; null for other kinds.</summary>
    public string? FolderId { get; init; }
}
