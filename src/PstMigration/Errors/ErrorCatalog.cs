using System.Management.Automation;
using System.Reflection;
using PstMigration.Accounts;
using PstMigration.Formats;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using PstMigration.Storage;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>
/// The errors the rooms declare, and how PowerShell sorts them. about_PstMigration_Errors is made from these. Asked only when an error is looked for by name:
/// it loads every room.
/// </summary>
internal static class ErrorCatalog
{
    private static readonly Lazy<IReadOnlyDictionary<string, ErrorId>> s_all = new(() => Declarations()
        .SelectMany(d => d.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(f => f.GetValue(null))
        .OfType<ErrorId>()
        .ToDictionary(e => e.Name, StringComparer.Ordinal));

    /// <summary>All errors by name.</summary>
    internal static IReadOnlyDictionary<string, ErrorId> All => s_all.Value;

    /// <summary>The category of an error.</summary>
    internal static ErrorCategory Category(ErrorId error) => error.Kind switch
    {
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Exists => ErrorCategory.ResourceExists,
        ErrorKind.InUse => ErrorCategory.ResourceBusy,
        ErrorKind.Changed => ErrorCategory.InvalidResult,
        ErrorKind.Denied => ErrorCategory.PermissionDenied,
        ErrorKind.LimitExceeded => ErrorCategory.LimitsExceeded,
        ErrorKind.OpenFailed => ErrorCategory.OpenError,
        ErrorKind.ReadFailed => ErrorCategory.ReadError,
        ErrorKind.WriteFailed => ErrorCategory.WriteError,
        ErrorKind.NotSupported => ErrorCategory.NotImplemented,
        ErrorKind.NotInstalled => ErrorCategory.NotInstalled,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Protocol => ErrorCategory.ProtocolError,
        ErrorKind.Security => ErrorCategory.SecurityError,
        _ => ErrorCategory.NotSpecified,
    };

    private static Type[] Declarations() =>
    [
        typeof(FileErrorIds), typeof(AccountErrorIds), typeof(FormatErrorIds), typeof(MailboxErrorIds), typeof(PstErrorIds), typeof(SandboxErrorIds),
        typeof(SignInErrorIds), typeof(StorageErrorIds), typeof(TransferErrorIds), typeof(BackupErrorIds), typeof(ModuleErrorIds),
    ];
}
