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
        ["FileAccessFailed"] = ErrorCategory.ReadError,
        ["FolderNotFound"] = ErrorCategory.ObjectNotFound,
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
        ["ItemNotCopied"] = ErrorCategory.WriteError,
        ["ItemUnreadable"] = ErrorCategory.ReadError,
        ["MailboxDisconnected"] = ErrorCategory.ConnectionError,
        ["MailboxNotConnected"] = ErrorCategory.ObjectNotFound,

        // The network.
        ["ConnectionFailed"] = ErrorCategory.ConnectionError,
        ["OperationTimedOut"] = ErrorCategory.OperationTimeout,

        // Data files.
        ["PstAccessDenied"] = ErrorCategory.PermissionDenied,
        ["PstDamaged"] = ErrorCategory.InvalidData,
        ["PstEmpty"] = ErrorCategory.InvalidData,
        ["PstInUse"] = ErrorCategory.ResourceBusy,
        ["PstIsDirectory"] = ErrorCategory.InvalidArgument,
        ["PstNoSuchNode"] = ErrorCategory.ObjectNotFound,
        ["PstNotAPst"] = ErrorCategory.InvalidData,
        ["PstNotFound"] = ErrorCategory.ObjectNotFound,
        ["PstReadFailed"] = ErrorCategory.ReadError,
        ["PstTruncated"] = ErrorCategory.InvalidData,
        ["PstUnsupported"] = ErrorCategory.NotImplemented,
    };

    /// <summary>The category of an id.</summary>
    internal static ErrorCategory Category(string id) => Categories.TryGetValue(id, out ErrorCategory category) ? category : ErrorCategory.NotSpecified;

    /// <summary>What a user can do; null for an id without advice.</summary>
    internal static string? Action(string id) => Strings.ResourceManager.GetString("Action_" + id, Strings.Culture);
}
