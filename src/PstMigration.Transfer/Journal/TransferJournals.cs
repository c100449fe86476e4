using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// The journals in a folder, one file for each transfer, named by what tells it from others: so it is found again by source and target alone. The folder
/// is its owner's alone.
/// </summary>
/// <param name="folder">The folder; made when the first journal is. Null for <see cref="DefaultFolder"/>.</param>
/// <param name="options">How they are kept.</param>
/// <exception cref="StorageException">FileAccessFailed: the user has no place for them.</exception>
public sealed class TransferJournals(string? folder = null, JournalOptions? options = null)
{
    private const string Extension = ".transfer";
    private const int NameLength = 32;

    private readonly JournalOptions _options = options ?? new JournalOptions();

    /// <summary>The user's own folder of journals, see <see cref="DataFolder"/>; null where there is no place for it.</summary>
    public static string? DefaultFolder => DataFolder.Of("transfers");

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; } = folder is not null ? Path.GetFullPath(folder) : DefaultFolder ?? "";

    /// <summary>What a transfer is called: the name of its file, without the extension. 32 hexadecimal digits.</summary>
    public static string IdOf(TransferPlan plan)
    {
        if (plan is null)
        {
            throw new ArgumentNullException(nameof(plan));
        }

        return Sha256.Hex(plan.Source + "\0" + plan.Target).Substring(0, NameLength);
    }

    /// <summary>What the transfer with this file is called.</summary>
    public static string IdOf(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>The file of a transfer, whether there is one or not.</summary>
    public string PathOf(TransferPlan plan) => Path.Combine(Folder, IdOf(plan) + Extension);

    /// <summary>Opens the journal of a transfer, making it where there is none.</summary>
    /// <exception cref="TransferException">TransferInUse, TransferJournalInvalid.</exception>
    /// <exception cref="StorageException">DiskFull, AccessDenied, FileAccessFailed, SqliteMissing.</exception>
    public SqliteJournal Open(TransferPlan plan)
    {
        StorageFolder.Ensure(Folder);
        return SqliteJournal.Open(PathOf(plan), plan, _options);
    }

    /// <summary>
    /// Opens the journal of a transfer that goes on without one where none can be kept, which is told. A damaged one is put aside, under its name and
    /// <c>.damaged</c>: the target knows what was in it.
    /// </summary>
    /// <returns>Null where none can be kept.</returns>
    /// <exception cref="TransferException">TransferInUse: the transfer is running.</exception>
    public SqliteJournal? TryOpen(TransferPlan plan)
    {
        try
        {
            if (Folder.Length == 0)
            {
                TellLost(Strings.JournalNoFolder);
                return null;
            }

            try
            {
                return Open(plan);
            }
            catch (TransferException e) when (e.Error == TransferErrorIds.TransferJournalInvalid && e.InnerException is not StorageException { Problem: StorageProblem.TooNew })
            {
                PutAside(PathOf(plan));
                _options.Tell(LocalText.Format(Strings.JournalPutAside, PathOf(plan)));
                return Open(plan);
            }
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException
            || e is TransferException { Error: var error } && error == TransferErrorIds.TransferJournalInvalid)
        {
            TellLost(e.Message);
            return null;
        }
    }

    /// <summary>Tells that a transfer goes on without its journal.</summary>
    internal void TellLost(string reason) => _options.Tell(LocalText.Format(Strings.JournalNotKept, reason));

    /// <summary>The files of all transfers, by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List() => Folder.Length > 0 && Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).OrderBy(f => f, StringComparer.Ordinal)]
        : [];

    /// <summary>Removes the journal of a transfer; what was copied stays, and what the target remembers of it too.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="TransferException">TransferInUse.</exception>
    /// <exception cref="StorageException">AccessDenied, FileAccessFailed.</exception>
    public bool Remove(TransferPlan plan) => Remove(PathOf(plan), plan);

    /// <summary>The same of a file; also of one that cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The transfer, for people; null where the file does not tell.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="TransferException">TransferInUse.</exception>
    /// <exception cref="StorageException">AccessDenied, FileAccessFailed.</exception>
    public static bool Remove(string path, TransferPlan? plan)
    {
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
            throw TransferException.InUse(plan ?? new TransferPlan("", "") { SourceName = IdOf(path), TargetName = "?" }, e);
        }
    }

    private static void PutAside(string path)
    {
        string aside = path + ".damaged";
        File.Delete(aside);
        File.Move(path, aside);

        // The log of a file that is not there any more would be taken for that of the next.
        SqliteDatabase.Delete(path);
    }
}
