using System.Net;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An upload session came to nothing; another one may not.</summary>
/// <param name="status">The answer's; 0 where it was none that says so.</param>
/// <param name="inner">What else there is to know.</param>
internal sealed class UploadBrokenException(int status, Exception? inner)
    : MailDataException(MailboxErrorIds.UploadBroken, MailboxException.Format(Strings.UploadBroken, status), inner)
{
    /// <summary>Whether the session is no more: expired, or complete without our having learnt of it.</summary>
    public bool IsGone => status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone;
}
