using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What the processes of one user know together of one mailbox: a folder with a lock file for each place, which the system lets go when a process dies, and one small
/// file of <see cref="BudgetCounts"/>, read and written under a lock of its own.
/// </summary>
internal sealed class SharedBudget
{
    private readonly string _folder;
    private readonly int _places;

    private SharedBudget(string folder, int places)
    {
        _folder = folder;
        _places = places;
    }

    private string CountsPath => Path.Combine(_folder, "counts");

    /// <summary>Opens what is known of a mailbox, and makes its folder where there is none.</summary>
    /// <param name="folder">The folder of all mailboxes; null for none.</param>
    /// <param name="key">The mailbox. Only its hash stands in names.</param>
    /// <param name="places">Requests under way at once.</param>
    /// <returns>Null where there is no place for it: a process keeps the limits alone then.</returns>
    public static SharedBudget? Open(string? folder, BudgetKey key, int places) => FolderOf(folder, key) is string own ? new SharedBudget(own, places) : null;

    /// <summary>The folder of a mailbox, which is made where there is none; null where there is no place for it.</summary>
    /// <param name="folder">The folder of all mailboxes; null for none.</param>
    /// <param name="key">The mailbox. Only its hash stands in names.</param>
    public static string? FolderOf(string? folder, BudgetKey key)
    {
        if (folder is null)
        {
            return null;
        }

        string own = Path.Combine(folder, Sha256.Hex(string.Join("\n", key.Cloud, key.ClientId, key.Mailbox))[..32]);
        try
        {
            AtomicFile.CreateDirectory(own);
            return own;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return null;
        }
    }

    /// <summary>Takes one of the places.</summary>
    /// <returns>Dispose it to give it back; null where all are taken.</returns>
    public IDisposable? TryTakePlace()
    {
        for (int i = 1; i <= _places; i++)
        {
            try
            {
                return FileLock.Take(Path.Combine(_folder, FormattableString.Invariant($"place{i}")));
            }
            catch (Exception e) when (FileSharing.IsInUse(e))
            {
                // Somebody has it.
            }
            catch (Exception e) when (IsOfFiles(e))
            {
                // No lock can be made, in another's folder or on a disk that is full or only read: waiting would not help.
                return new MemoryStream();
            }
        }

        return null;
    }

    /// <summary>Brings counts up to date, lets them be used, and writes them, while nobody else does.</summary>
    /// <returns>False where somebody else has them: nothing was done.</returns>
    public bool TryUse(BudgetCounts counts, DateTimeOffset now, Action use)
    {
        FileLock held;
        try
        {
            held = FileLock.Take(CountsPath + ".lock");
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return false;
        }

        using (held)
        {
            Read(counts, now);
            use();
            Write(counts, now);
            return true;
        }
    }

    private void Read(BudgetCounts counts, DateTimeOffset now)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(File.ReadAllBytes(CountsPath)));
            counts.Read(reader, now);
        }
        catch (Exception e) when (IsOfFiles(e) || e is InvalidDataException or ArgumentException)
        {
            // None yet: what this process has seen stays. Or damaged: the service itself counts, too.
        }
    }

    private void Write(BudgetCounts counts, DateTimeOffset now)
    {
        try
        {
            string unfinished = CountsPath + AtomicFile.Suffix;
            using (BinaryWriter writer = new(AtomicFile.Create(unfinished, FileAccess.Write, bufferSize: 4096)))
            {
                counts.Write(writer, now);
            }

            AtomicFile.Finish(unfinished, CountsPath, replace: true);
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            // A disk that is full keeps nobody from his mailbox.
        }
    }

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException;
}
