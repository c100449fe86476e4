using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An upload session came to nothing; another one may not.</summary>
internal sealed class UploadBrokenException(int status, Exception? inner)
    : MailDataException(MailboxErrorIds.UploadBroken, MailboxException.Format(Strings.UploadBroken, status), inner);
