using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about properties a user named.</summary>
internal static class PropertyErrors
{
    /// <summary>No property has that name, and it is no tag.</summary>
    internal static MailDataException Unknown(string property) => ErrorRecords.Exception(ModuleErrorIds.PropertyUnknown, Strings.PropertyUnknown, property);

    /// <summary>A value is too large to be held in memory as a whole.</summary>
    internal static MailDataException TooLarge(string property, long length) =>
        ErrorRecords.Exception(ModuleErrorIds.PropertyTooLarge, Strings.PropertyTooLarge, property, length);
}
