using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Batch;

/// <summary>Looks at every row of a table of imports before anything begins; all that is wrong is told at once.</summary>
/// <param name="filesOf">The files a row means.</param>
/// <param name="check">What a row wants with one of its files, if that can be done.</param>
/// <param name="add">Takes what is to be done.</param>
/// <param name="tell">Takes what is wrong.</param>
internal sealed class BatchCheck(
    Func<ImportBatchRow, Task<IEnumerable<string>>> filesOf, Func<ImportBatchRow, string, Task<MailboxImport>> check, Action<MailboxImport> add, Action<ErrorRecord> tell)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Looks at all rows.</summary>
    /// <exception cref="MailDataException">BatchNotStarted: something is wrong with one of them.</exception>
    public async Task RunAsync(string batch, IReadOnlyList<ImportBatchRow> rows)
    {
        int wrong = 0;
        foreach (ImportBatchRow row in rows)
        {
            try
            {
                row.Check();
                foreach (string path in await filesOf(row).ConfigureAwait(false))
                {
                    Add(row, await check(row, path).ConfigureAwait(false));
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                wrong++;
                tell(ErrorRecords.From(BatchErrors.At(batch, row.Line, e), row.Path));
            }
        }

        if (wrong > 0)
        {
            throw BatchErrors.NotStarted(batch, wrong, rows.Count);
        }
    }

    private void Add(ImportBatchRow row, MailboxImport import)
    {
        if (_lines.TryGetValue(import.Work, out int line))
        {
            throw BatchErrors.Row(Strings.BatchRowTwice, line);
        }

        _lines.Add(import.Work, row.Line);
        add(import);
    }
}
