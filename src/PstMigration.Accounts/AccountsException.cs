using System;
using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Accounts;

/// <summary>
/// Account settings, provider rules or folders cannot be read. Ids: RegistryFileNotRecognized, RegistryFileDamaged, RegistryFileLimitExceeded,
/// RegistryNotHere, RegistryAccessDenied, MailProfileNotFound, MailProfileDamaged, MailProfileLimitExceeded, ProviderRulesInvalid,
/// FolderNotFound, FolderAccessDenied, FolderUnreadable, FolderOnlineOnly, DataFileMissing.
/// </summary>
public sealed class AccountsException : MailDataException
{
    /// <summary>An error.</summary>
    public AccountsException(string id, string message, Exception? innerException = null)
        : base(id, message, innerException)
    {
    }

    internal static AccountsException Create(string id, string format, params object?[] values) =>
        new(id, string.Format(CultureInfo.CurrentCulture, format, values));

    internal static AccountsException Create(string id, Exception cause, string format, params object?[] values) =>
        new(id, string.Format(CultureInfo.CurrentCulture, format, values), cause);
}
