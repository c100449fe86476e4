using System.Collections.Generic;
using System.Management.Automation;

namespace PstMigration.Errors;

/// <summary>
/// Every error id of the module and of the rooms below it, with its category. An id never changes its meaning. Each has a
/// resource <c>Action_</c>id that says what to do, in both languages; about_PstMigration_Errors is made from these.
/// </summary>
internal static class ErrorCatalog
{
    /// <summary>Category by id.</summary>
    internal static readonly IReadOnlyDictionary<string, ErrorCategory> Categories = new Dictionary<string, ErrorCategory>
    {
        // Paths and files.
        ["AccessDenied"] = ErrorCategory.PermissionDenied,
        ["DiskFull"] = ErrorCategory.WriteError,
        ["ExportFileExists"] = ErrorCategory.ResourceExists,
        ["FileAccessFailed"] = ErrorCategory.ReadError,
        ["FileDamaged"] = ErrorCategory.InvalidData,
        ["FileInUse"] = ErrorCategory.ResourceBusy,
        ["FileNotRecognized"] = ErrorCategory.InvalidData,
        ["FileTooNew"] = ErrorCategory.InvalidData,
        ["MailFilesNotRecognized"] = ErrorCategory.InvalidData,
        ["FolderNotFound"] = ErrorCategory.ObjectNotFound,
        ["PropertyTooLarge"] = ErrorCategory.LimitsExceeded,
        ["PropertyUnknown"] = ErrorCategory.InvalidArgument,
        ["PathNotFile"] = ErrorCategory.InvalidArgument,
        ["PathNotFileSystem"] = ErrorCategory.InvalidArgument,
        ["PathNotFound"] = ErrorCategory.ObjectNotFound,

        // Accounts, their rules and their data files.
        ["DataFileMissing"] = ErrorCategory.ObjectNotFound,
        ["FolderOnlineOnly"] = ErrorCategory.ResourceUnavailable,
        ["FolderUnreadable"] = ErrorCategory.ReadError,
        ["MailProfileLimitExceeded"] = ErrorCategory.LimitsExceeded,
        ["MailProfileNotFound"] = ErrorCategory.ObjectNotFound,
        ["OfflineProbe"] = ErrorCategory.InvalidArgument,
        ["ProviderRulesInvalid"] = ErrorCategory.InvalidData,
        ["RegistryFileDamaged"] = ErrorCategory.InvalidData,
        ["RegistryFileLimitExceeded"] = ErrorCategory.LimitsExceeded,
        ["RegistryFileNotRecognized"] = ErrorCategory.InvalidData,
        ["RegistryNotHere"] = ErrorCategory.NotImplemented,

        // Mailboxes and transfers.
        ["AttachmentFailed"] = ErrorCategory.WriteError,
        ["FolderNotMade"] = ErrorCategory.WriteError,
        ["GraphRejected"] = ErrorCategory.InvalidOperation,
        ["ItemClassNotCarried"] = ErrorCategory.NotImplemented,
        ["ItemGone"] = ErrorCategory.ObjectNotFound,
        ["ItemNotCopied"] = ErrorCategory.WriteError,
        ["ItemNotListed"] = ErrorCategory.ObjectNotFound,
        ["ItemUnreadable"] = ErrorCategory.ReadError,
        ["ItemUnsure"] = ErrorCategory.WriteError,
        ["MailboxAccessDenied"] = ErrorCategory.PermissionDenied,
        ["MailboxDisconnected"] = ErrorCategory.ConnectionError,
        ["MailboxFull"] = ErrorCategory.LimitsExceeded,
        ["MailboxHostNotAllowed"] = ErrorCategory.SecurityError,
        ["MailboxNotConnected"] = ErrorCategory.ObjectNotFound,
        ["MailboxNotFound"] = ErrorCategory.ObjectNotFound,
        ["MailboxSignInLost"] = ErrorCategory.AuthenticationError,
        ["MailboxThrottled"] = ErrorCategory.LimitsExceeded,
        ["MailboxUnavailable"] = ErrorCategory.ResourceUnavailable,
        ["MailboxUnreachable"] = ErrorCategory.ConnectionError,
        ["MimeNotAMessage"] = ErrorCategory.InvalidData,
        ["RedirectRefused"] = ErrorCategory.SecurityError,
        ["SourceIsDestination"] = ErrorCategory.InvalidArgument,
        ["SourceUnreadable"] = ErrorCategory.ReadError,
        ["TransferInUse"] = ErrorCategory.ResourceBusy,
        ["TransferJournalInvalid"] = ErrorCategory.InvalidData,
        ["TreeWriteFailed"] = ErrorCategory.WriteError,
        ["UploadBroken"] = ErrorCategory.WriteError,

        // Sandbox mailboxes.
        ["NotASandbox"] = ErrorCategory.InvalidData,
        ["SandboxCannotOpen"] = ErrorCategory.OpenError,
        ["SandboxInUse"] = ErrorCategory.ResourceBusy,
        ["SqliteMissing"] = ErrorCategory.NotInstalled,

        // The network.
        ["AnswerLost"] = ErrorCategory.ConnectionError,
        ["BadAnswer"] = ErrorCategory.ProtocolError,
        ["ConnectionFailed"] = ErrorCategory.ConnectionError,
        ["OperationTimedOut"] = ErrorCategory.OperationTimeout,

        // Data files.
        ["PstAccessDenied"] = ErrorCategory.PermissionDenied,
        ["PstChanged"] = ErrorCategory.InvalidResult,
        ["PstDamaged"] = ErrorCategory.InvalidData,
        ["PstDirectoryNotFound"] = ErrorCategory.ObjectNotFound,
        ["PstEmpty"] = ErrorCategory.InvalidData,
        ["PstExists"] = ErrorCategory.ResourceExists,
        ["PstFolderExists"] = ErrorCategory.ResourceExists,
        ["PstFolderFull"] = ErrorCategory.LimitsExceeded,
        ["PstFolderNeeded"] = ErrorCategory.InvalidOperation,
        ["PstHeapFull"] = ErrorCategory.LimitsExceeded,
        ["PstInUse"] = ErrorCategory.ResourceBusy,
        ["PstIsDirectory"] = ErrorCategory.InvalidArgument,
        ["PstItemTooDeep"] = ErrorCategory.LimitsExceeded,
        ["PstNeedsRepair"] = ErrorCategory.InvalidData,
        ["PstNoSuchNode"] = ErrorCategory.ObjectNotFound,
        ["PstNodeIdsExhausted"] = ErrorCategory.LimitsExceeded,
        ["PstNotAPst"] = ErrorCategory.InvalidData,
        ["PstNotFound"] = ErrorCategory.ObjectNotFound,
        ["PstNotWritable"] = ErrorCategory.PermissionDenied,
        ["PstPasswordUnusable"] = ErrorCategory.InvalidArgument,
        ["PstReadFailed"] = ErrorCategory.ReadError,
        ["PstSizeLimit"] = ErrorCategory.LimitsExceeded,
        ["PstTooManyColumns"] = ErrorCategory.LimitsExceeded,
        ["PstTooManyNames"] = ErrorCategory.LimitsExceeded,
        ["PstTooManySubnodes"] = ErrorCategory.LimitsExceeded,
        ["PstTruncated"] = ErrorCategory.InvalidData,
        ["PstUnsupported"] = ErrorCategory.NotImplemented,
        ["PstValueTooLarge"] = ErrorCategory.LimitsExceeded,
        ["PstValueTruncated"] = ErrorCategory.ReadError,
        ["PstWriteFailed"] = ErrorCategory.WriteError,
    };

    /// <summary>The category of an id.</summary>
    internal static ErrorCategory Category(string id) => Categories.TryGetValue(id, out ErrorCategory category) ? category : ErrorCategory.NotSpecified;

    /// <summary>What a user can do; null for an id without advice.</summary>
    internal static string? Action(string id) => Strings.ResourceManager.GetString("Action_" + id, Strings.Culture);
}
