namespace PstMigration.Mailboxes;

/// <summary>The bytes of an attachment in a mailbox.</summary>
internal sealed class GraphAttachmentContent(ItemAttachments attachments, AttachmentSpool spool, string attachmentId)
    : FetchedContent(spool, c => attachments.OpenAsync(attachmentId, c), attachments.Client.Clock);
