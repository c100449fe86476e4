using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about data files that are opened again after they were listed.</summary>
internal static class FileErrors
{
    /// <summary>The file is not what it was.</summary>
    internal static MailDataException Changed(string path) => ErrorRecords.Exception("PstChanged", Strings.PstChanged, path);
}
