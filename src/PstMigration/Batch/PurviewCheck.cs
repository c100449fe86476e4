using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Batch;

/// <summary>
/// What Microsoft's PST import refuses, leaves out or advises against: the columns of its mapping file ("Use network upload to import PST files", step 4) and the answers in "FAQ about
/// importing PST files".
/// </summary>
internal static class PurviewCheck
{
    private const int LevelsRefused = 300;
    private const long LargestItem = 150L << 20;
    private const long AdvisedLength = 20L << 30;

    /// <summary>Refuses what the service would refuse of a row.</summary>
    /// <exception cref="MailDataException">PurviewRowInvalid.</exception>
    internal static void Row(PurviewImportRow row)
    {
        if (!row.Name.EndsWith(".pst", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(Strings.PurviewNotPst, row.Name);
        }

        if (row.Mailbox.Length == 0)
        {
            throw Refused(Strings.PurviewNoMailbox, row.Name);
        }

        int at = row.Mailbox.IndexOf('@');
        if (!Guid.TryParse(row.Mailbox, out _) && (at <= 0 || at == row.Mailbox.Length - 1 || row.Mailbox.Any(char.IsWhiteSpace)))
        {
            throw Refused(Strings.PurviewMailboxInvalid, row.Name, row.Mailbox);
        }

        if (row.FilePath.Split('/')[0].Equals("ingestiondata", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(Strings.PurviewContainer, row.FilePath);
        }

        foreach (string cell in (string[])[row.FilePath, row.Name, row.Mailbox, row.TargetRootFolder])
        {
            bool isChanged = false;
            CsvCell.Neutralize(cell, ref isChanged);
            if (isChanged)
            {
                throw Refused(Strings.PurviewNameFormula, cell);
            }
        }
    }

    /// <summary>A script block that was to give a column of a row has thrown.</summary>
    internal static MailDataException ScriptFailed(string path, Exception cause) => Refused(Strings.PurviewScript, path, cause.Message);

    /// <summary>Looks into the file.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="warn">Is told of what the service would leave out, or advises against.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">PurviewRowInvalid; or the file cannot be opened.</exception>
    internal static void File(PurviewImportRow row, Action<string> warn, CancellationToken cancellationToken)
    {
        if (row.Length > AdvisedLength)
        {
            warn(LocalText.Format(Strings.PurviewLargeFile, row.Path, row.Length / (double)(1 << 30), AdvisedLength >> 30));
        }

        using PstFile file = PstFile.Open(row.Path);
        if (file.Format == PstFormat.Ansi && row.ContentCodePage is null)
        {
            warn(LocalText.Format(Strings.PurviewAnsi, row.Path));
        }

        long large = 0;
        foreach (PstFolder folder in file.EnumerateFolders())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folder.Path.Names.Count >= LevelsRefused)
            {
                throw Refused(Strings.PurviewTooDeep, row.Path, folder.Path.Names.Count, LevelsRefused);
            }

            large += folder.EnumerateItems().Count(i => i.Size > LargestItem);
        }

        if (large > 0)
        {
            warn(LocalText.Format(Strings.PurviewLargeItems, row.Path, large, LargestItem >> 20));
        }
    }

    /// <summary>Two files of one name cannot go into one import job.</summary>
    internal static MailDataException NameTaken(PurviewImportRow row, string by) => Refused(Strings.PurviewNameTaken, row.Name, by);

    private static MailDataException Refused(string format, params object?[] values) => ErrorRecords.Exception(ModuleErrorIds.PurviewRowInvalid, format, values);
}
