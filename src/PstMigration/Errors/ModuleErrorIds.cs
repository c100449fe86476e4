using PstMigration.Mapi;

namespace PstMigration.Errors;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of what a user gave to a cmdlet, and of the network. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
internal static class ModuleErrorIds
{
    public static readonly ErrorId AgeNotASpan = new(nameof(AgeNotASpan), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId BackupSchedulerFailed = new(nameof(BackupSchedulerFailed), ErrorKind.Unavailable, Strings.ResourceManager);
    public static readonly ErrorId BatchFileInvalid = new(nameof(BatchFileInvalid), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId BatchNotStarted = new(nameof(BatchNotStarted), ErrorKind.InvalidOperation, Strings.ResourceManager);
    public static readonly ErrorId BatchRowInvalid = new(nameof(BatchRowInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId ConnectionFailed = new(nameof(ConnectionFailed), ErrorKind.Connection, Strings.ResourceManager);
    public static readonly ErrorId InputNotFile = new(nameof(InputNotFile), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId InputNotTaken = new(nameof(InputNotTaken), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId ItemNotListed = new(nameof(ItemNotListed), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId JobsNotAvailable = new(nameof(JobsNotAvailable), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId MailboxNotConnected = new(nameof(MailboxNotConnected), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId NobodyToAsk = new(nameof(NobodyToAsk), ErrorKind.InvalidOperation, Strings.ResourceManager);
    public static readonly ErrorId NothingReadable = new(nameof(NothingReadable), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId MsgNotRead = new(nameof(MsgNotRead), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId OfflineProbe = new(nameof(OfflineProbe), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId OperationTimedOut = new(nameof(OperationTimedOut), ErrorKind.Timeout, Strings.ResourceManager);
    public static readonly ErrorId MailboxAmbiguous = new(nameof(MailboxAmbiguous), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId DestinationNotPst = new(nameof(DestinationNotPst), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId DestinationIsOneFile = new(nameof(DestinationIsOneFile), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId FormatNotRead = new(nameof(FormatNotRead), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId FolderNameInvalid = new(nameof(FolderNameInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathInvalid = new(nameof(PathInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathIsPattern = new(nameof(PathIsPattern), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathMissing = new(nameof(PathMissing), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathNotFile = new(nameof(PathNotFile), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathNotFileSystem = new(nameof(PathNotFileSystem), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PurviewRowInvalid = new(nameof(PurviewRowInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PropertyTooLarge = new(nameof(PropertyTooLarge), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PropertyUnknown = new(nameof(PropertyUnknown), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId RetireNeedsDataFile = new(nameof(RetireNeedsDataFile), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId SecretNotSecure = new(nameof(SecretNotSecure), ErrorKind.Security, Strings.ResourceManager);
    public static readonly ErrorId ArchiveNeedsAge = new(nameof(ArchiveNeedsAge), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId SplitConflict = new(nameof(SplitConflict), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId SourceIsDestination = new(nameof(SourceIsDestination), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId TransferAmbiguous = new(nameof(TransferAmbiguous), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId TransferTargetDiffers = new(nameof(TransferTargetDiffers), ErrorKind.NotFound, Strings.ResourceManager);

    /// <summary>What a transfer brought is to be deleted for good, and the file it came from is gone.</summary>
    public static readonly ErrorId UndoSourceGone = new(nameof(UndoSourceGone), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId TransferNotFound = new(nameof(TransferNotFound), ErrorKind.NotFound, Strings.ResourceManager);
}
