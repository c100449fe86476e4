using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about jobs.</summary>
internal static class JobErrors
{
    /// <summary>This PowerShell has no thread jobs.</summary>
    internal static MailDataException NotAvailable() => ErrorRecords.Exception(ModuleErrorIds.JobsNotAvailable, Strings.JobsNotAvailable);
}
