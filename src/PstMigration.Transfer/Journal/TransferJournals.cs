using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// The journals in a folder, one file for each transfer, named by what tells it from others: so it is found again by source and target alone. The folder
/// is its owner's alone.
/// </summary>
/// <param name="folder">The folder; made when the first journal is.</param>
public sealed class TransferJournals(string folder)
{
    private const string Extension = ".transfer";
    private const int NameLength = 32;

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The file of a transfer, whether there is one or not.</summary>
    public string PathOf(TransferPlan plan)
    {
        if (plan is null)
        {
            throw new ArgumentNullException(nameof(plan));
        }

        return Path.Combine(Folder, Sha256.Hex(plan.Source + "\0" + plan.Target).Substring(0, NameLength) + Extension);
    }

    /// <summary>Opens the journal of a transfer, making it where there is none.</summary>
    /// <exception cref="TransferException">TransferInUse, TransferJournalInvalid.</exception>
    /// <exception cref="StorageException">DiskFull, AccessDenied, FileAccessFailed, SqliteMissing.</exception>
    public SqliteJournal Open(TransferPlan plan, JournalOptions? options = null)
    {
        OwnerOnlyFolder.Ensure(Folder);
        return SqliteJournal.Open(PathOf(plan), plan, options);
    }

    /// <summary>The files of all transfers, by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).OrderBy(f => f, StringComparer.Ordinal)]
        : [];

    /// <summary>Removes the journal of a transfer; what was copied stays, and what the target remembers of it too.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="TransferException">TransferInUse.</exception>
    /// <exception cref="StorageException">AccessDenied, FileAccessFailed.</exception>
    public bool Remove(TransferPlan plan)
    {
        string path = PathOf(plan);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            SqliteDatabase.Delete(path);
            return true;
        }
        catch (StorageException e) when (e.Problem == StorageProblem.InUse)
        {
            throw TransferException.InUse(plan, e);
        }
    }
}
