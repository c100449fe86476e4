using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about a table of imports.</summary>
internal static class BatchErrors
{
    /// <summary>The file is no such table.</summary>
    internal static MailDataException NotABatch(string path) => ErrorRecords.Exception(ModuleErrorIds.BatchFileInvalid, Strings.BatchFileInvalid, path);

    /// <summary>A column nothing is made of that is nearly one, or a parameter.</summary>
    internal static MailDataException Heading(string path, string heading) => ErrorRecords.Exception(ModuleErrorIds.BatchFileInvalid, Strings.BatchHeadingWrong, path, heading);

    /// <summary>Something in a row makes no sense; the text says what.</summary>
    internal static MailDataException Row(string format, params object?[] values) => ErrorRecords.Exception(ModuleErrorIds.BatchRowInvalid, format, values);

    /// <summary>What is wrong with a row, with its line.</summary>
    internal static MailDataException At(string path, int line, Exception error) => new(
        error is MailDataException known ? known.Error : ModuleErrorIds.BatchRowInvalid,
        LocalText.Format(Strings.BatchLine, Path.GetFileName(path), line, error.Message),
        error);

    /// <summary>Nothing was begun.</summary>
    internal static MailDataException NotStarted(string path, int wrong, int rows) =>
        ErrorRecords.Exception(ModuleErrorIds.BatchNotStarted, Strings.BatchNotStarted, path, wrong, rows);
}
