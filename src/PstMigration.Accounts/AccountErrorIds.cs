using PstMigration.Mapi;

namespace PstMigration.Accounts;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of account settings, of rules and of looking for files. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class AccountErrorIds
{
    public static readonly ErrorId DataFileMissing = new(nameof(DataFileMissing), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId FileNameUnreadable = new(nameof(FileNameUnreadable), ErrorKind.Unavailable, Strings.ResourceManager);
    public static readonly ErrorId FolderOnlineOnly = new(nameof(FolderOnlineOnly), ErrorKind.Unavailable, Strings.ResourceManager);
    public static readonly ErrorId FolderUnreadable = new(nameof(FolderUnreadable), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId MailProfileLimitExceeded = new(nameof(MailProfileLimitExceeded), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId MailProfileNotFound = new(nameof(MailProfileNotFound), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId ProviderRulesInvalid = new(nameof(ProviderRulesInvalid), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId RegistryFileDamaged = new(nameof(RegistryFileDamaged), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId RegistryFileLimitExceeded = new(nameof(RegistryFileLimitExceeded), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId RegistryFileNotRecognized = new(nameof(RegistryFileNotRecognized), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId RegistryNotHere = new(nameof(RegistryNotHere), ErrorKind.NotSupported, Strings.ResourceManager);
}
