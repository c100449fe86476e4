using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Accounts;

/// <summary>
/// Account settings, provider rules or folders cannot be read: see <see cref="AccountErrorIds"/>.
/// </summary>
public sealed class AccountsException : MailDataException
{
    /// <summary>An error.</summary>
    public AccountsException(ErrorId error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }

    /// <summary>The file is something else.</summary>
    internal static AccountsException RegistryFileNotRecognized(string path) => Create(AccountErrorIds.RegistryFileNotRecognized, Strings.RegistryFileNotRecognized, null, path);

    /// <summary>A line of an export cannot be understood.</summary>
    internal static AccountsException RegistryFileDamaged(string path, long line, string what) => Create(AccountErrorIds.RegistryFileDamaged, Strings.RegistryFileDamaged, null, path, line, what);

    /// <summary>An export holds more than any profile does.</summary>
    internal static AccountsException RegistryFileLimitExceeded(string path, long line, string what) => Create(AccountErrorIds.RegistryFileLimitExceeded, Strings.RegistryFileDamaged, null, path, line, what);

    /// <summary>This is no Windows.</summary>
    internal static AccountsException RegistryNotHere() => Create(AccountErrorIds.RegistryNotHere, Strings.RegistryNotHere, null);

    /// <summary>A folder holds no Thunderbird profile.</summary>
    internal static AccountsException MailProfileNotFound(string folder) => Create(AccountErrorIds.MailProfileNotFound, Strings.MailProfileNotFound, null, folder);

    /// <summary>A settings file holds more than any profile does.</summary>
    internal static AccountsException MailProfileLimitExceeded(string path) => Create(AccountErrorIds.MailProfileLimitExceeded, Strings.MailProfileLimitExceeded, null, path);

    /// <summary>A file of provider rules is not one, or a rule in it is wrong.</summary>
    internal static AccountsException ProviderRulesInvalid(string file, string where, string what, Exception? cause = null) => Create(AccountErrorIds.ProviderRulesInvalid, Strings.ProviderRulesInvalid, cause, file, where, what);

    /// <summary>There is no such folder or file.</summary>
    internal static AccountsException PathNotFound(string path) => Create(FileErrorIds.PathNotFound, Strings.PathNotFound, null, path);

    /// <summary>The rights are missing.</summary>
    internal static AccountsException AccessDenied(string path, Exception cause) => Create(FileErrorIds.AccessDenied, Strings.FolderAccessDenied, cause, path);

    /// <summary>A folder cannot be listed.</summary>
    internal static AccountsException FolderUnreadable(string path, Exception cause) => Create(AccountErrorIds.FolderUnreadable, Strings.FolderUnreadable, cause, path, cause.Message);

    /// <summary>A folder is in the cloud only.</summary>
    internal static AccountsException FileNameUnreadable(string path) => Create(AccountErrorIds.FileNameUnreadable, Strings.FileNameUnreadable, null, path);

    internal static AccountsException FolderOnlineOnly(string path) => Create(AccountErrorIds.FolderOnlineOnly, Strings.FolderOnlineOnly, null, path);

    /// <summary>A data file a profile refers to is gone.</summary>
    internal static AccountsException DataFileMissing(string path) => Create(AccountErrorIds.DataFileMissing, Strings.DataFileMissing, null, path);

    private static AccountsException Create(ErrorId error, string format, Exception? cause, params object?[] values) =>
        new(error, string.Format(CultureInfo.CurrentCulture, format, values), cause);
}
