using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about testing accounts.</summary>
internal static class AccountErrors
{
    /// <summary>To touch nothing and to ask servers at once.</summary>
    internal static MailDataException OfflineProbe() => ErrorRecords.Exception(ModuleErrorIds.OfflineProbe, Strings.OfflineProbe);
}
