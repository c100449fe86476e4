using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>Reads the journal in a file, also while a run writes it: what that run has written so far.</summary>
public sealed class SqliteJournalReader : SqliteJournalFile
{
    private SqliteJournalReader(SqliteDatabase database, TransferPlan plan)
        : base(database, plan)
    {
    }

    private protected override bool IsRunning => SqliteDatabase.HasWriter(Database.Path);

    /// <summary>Opens a journal.</summary>
    /// <exception cref="TransferException">TransferJournalInvalid: the file is no journal, or damaged.</exception>
    /// <exception cref="StorageException">AccessDenied, FileAccessFailed: also where there is none; SqliteMissing.</exception>
    public static SqliteJournalReader Open(string path)
    {
        SqliteDatabase? database = null;
        try
        {
            // The plan of a new journal; a reader makes none.
            database = SqliteDatabase.Open(path, JournalSchema.For(new TransferPlan("", "")), SqliteAccess.Reader);
            SqliteJournalReader reader = new(database, new JournalQueries(database).Plan() ?? throw TransferException.JournalInvalid(database.Path, null));
            database = null;
            return reader;
        }
        catch (StorageException e) when (TransferException.From(e, path) is TransferException known)
        {
            throw known;
        }
        finally
        {
            database?.Dispose();
        }
    }
}
