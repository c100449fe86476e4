using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of mailboxes and of items in them. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class MailboxErrorIds
{
    public static readonly ErrorId AnswerLost = new(nameof(AnswerLost), ErrorKind.Connection, Strings.ResourceManager);
    public static readonly ErrorId ArchiveNotAllowed = new(nameof(ArchiveNotAllowed), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ArchiveNotFound = new(nameof(ArchiveNotFound), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ArchiveNotReachable = new(nameof(ArchiveNotReachable), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId AttachmentFailed = new(nameof(AttachmentFailed), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId BadAnswer = new(nameof(BadAnswer), ErrorKind.Protocol, Strings.ResourceManager);
    public static readonly ErrorId EventWithoutTime = new(nameof(EventWithoutTime), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId FolderNotMade = new(nameof(FolderNotMade), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId GraphRejected = new(nameof(GraphRejected), ErrorKind.InvalidOperation, Strings.ResourceManager);
    public static readonly ErrorId ItemClassNotCarried = new(nameof(ItemClassNotCarried), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId ItemGone = new(nameof(ItemGone), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId ItemUnsure = new(nameof(ItemUnsure), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId KindNotAllowed = new(nameof(KindNotAllowed), ErrorKind.Denied, Strings.ResourceManager);
    public static readonly ErrorId MailboxAccessDenied = new(nameof(MailboxAccessDenied), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxDisconnected = new(nameof(MailboxDisconnected), ErrorKind.Connection, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxFull = new(nameof(MailboxFull), ErrorKind.LimitExceeded, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxHostNotAllowed = new(nameof(MailboxHostNotAllowed), ErrorKind.Security, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxInactive = new(nameof(MailboxInactive), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxNotFound = new(nameof(MailboxNotFound), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxOnHold = new(nameof(MailboxOnHold), ErrorKind.LimitExceeded, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxSignInLost = new(nameof(MailboxSignInLost), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxThrottled = new(nameof(MailboxThrottled), ErrorKind.LimitExceeded, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxUnavailable = new(nameof(MailboxUnavailable), ErrorKind.Unavailable, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxUnreachable = new(nameof(MailboxUnreachable), ErrorKind.Connection, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ProxySignInRequired = new(nameof(ProxySignInRequired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId RedirectRefused = new(nameof(RedirectRefused), ErrorKind.Security, Strings.ResourceManager);
    public static readonly ErrorId ServerNotTrusted = new(nameof(ServerNotTrusted), ErrorKind.Security, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId UploadBroken = new(nameof(UploadBroken), ErrorKind.WriteFailed, Strings.ResourceManager);
}
