using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that work on transfers by their journals.</summary>
public abstract class TransferCommand : AsyncCommand
{
    /// <summary>What transfers are called: whole, the beginning that only one has, or with wildcards.</summary>
    public abstract string[] Id { get; set; }

    /// <summary>The folder of journals, in place of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalFolder { get; set; }

    private protected TransferJournals Journals { get; private set; } = null!;

    /// <summary>Whether no id stands for all transfers.</summary>
    private protected virtual bool TakesAll => false;

    /// <summary>The order in which journals are processed that one id, or none, stands for.</summary>
    private protected virtual IEnumerable<string> Order(IReadOnlyList<string> journalPaths) => journalPaths;

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Given.IsNotTaken(Id) ? InputErrors.NotTaken(this, Strings.TakesTransfers) : null;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) => Journals = new TransferJournals(
        await OnPipelineAsync(() => JournalFolder is null ? null : FileSystemPaths.Full(this, JournalFolder)).ConfigureAwait(false),
        new JournalOptions { Tell = WriteWarning, Time = Clock });

    /// <summary>Processes the journal in a file.</summary>
    protected abstract Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> all = Journals.List();
        string?[] ids = Id.Length == 0 && TakesAll ? new string?[1] : Id;
        foreach (string? id in ids)
        {
            try
            {
                foreach (string path in Order(id is null ? all : Find(all, id)))
                {
                    await ProcessOneAsync(path, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, id));
            }
        }
    }

    private async Task ProcessOneAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await ProcessTransferAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, path));
        }
    }

    private static string[] Find(IReadOnlyList<string> all, string id)
    {
        if (WildcardPattern.ContainsWildcardCharacters(id))
        {
            WildcardPattern pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            return [.. all.Where(p => pattern.IsMatch(TransferJournals.IdOf(p)))];
        }

        string[] found = [.. all.Where(p => TransferJournals.IdOf(p).StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found,
            0 => throw ErrorRecords.Exception(ModuleErrorIds.TransferNotFound, Strings.TransferNotFound, id),
            _ => throw ErrorRecords.Exception(ModuleErrorIds.TransferAmbiguous, Strings.TransferAmbiguous, id, found.Length),
        };
    }
}
