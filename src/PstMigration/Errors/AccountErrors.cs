using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about testing accounts.</summary>
internal static class AccountErrors
{
    /// <summary>Neither an address nor a domain.</summary>
    internal static MailDataException AddressInvalid(string text) => ErrorRecords.Exception(Mailboxes.SignInErrorIds.AddressInvalid, Strings.AddressInvalid, text);

    /// <summary>To touch nothing and to ask servers at once.</summary>
    internal static MailDataException OfflineProbe() => ErrorRecords.Exception(ModuleErrorIds.OfflineProbe, Strings.OfflineProbe);
}
