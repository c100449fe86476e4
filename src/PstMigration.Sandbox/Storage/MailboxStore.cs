using System.Globalization;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>The mailbox in its file: tables, and the one door through which requests come in one after the other.</summary>
internal sealed class MailboxStore : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private bool _disposed;

    private MailboxStore(SqliteDatabase database, SandboxOptions options)
    {
        Database = database;
        Time = options.TimeProvider;
        Folders = new FolderTable(this);
        Items = new ItemTable(this);
        Properties = new PropertyTable(database);
        Attachments = new AttachmentTable(this);
        Contents = new ContentTable(this);
        Uploads = new UploadTable(database);
        Imports = new ImportSessionTable(database);
        Changes = new ChangeTable(database);
    }

    /// <summary>The mailbox's own GUID.</summary>
    public Guid MailboxGuid { get; private set; }

    /// <summary>Its address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Delta tokens of an earlier epoch are void.</summary>
    public long DeltaEpoch { get; private set; }

    public TimeProvider Time { get; }

    public SqliteDatabase Database { get; }

    public FolderTable Folders { get; }

    public ItemTable Items { get; }

    public PropertyTable Properties { get; }

    public AttachmentTable Attachments { get; }

    public ContentTable Contents { get; }

    public UploadTable Uploads { get; }

    public ImportSessionTable Imports { get; }

    public ChangeTable Changes { get; }

    /// <summary>Now, as FILETIME.</summary>
    public long Now => Time.GetUtcNow().ToFileTime();

    /// <summary>Opens the file, making the mailbox in it if it is new.</summary>
    /// <exception cref="SandboxException">SandboxInUse, NotASandbox, SandboxCannotOpen.</exception>
    /// <exception cref="StorageException">DiskFull, FileDamaged, SqliteMissing.</exception>
    public static MailboxStore Open(string path, SandboxOptions options)
    {
        SqliteSchema schema = new(Schema.ApplicationId, Schema.CreateTables, d => new MailboxStore(d, options).Furnish(options), d => new MailboxStore(d, options).Furnish(options), Schema.AddImport);
        MailboxStore store;
        try
        {
            store = new MailboxStore(SqliteDatabase.Open(path, schema, SqliteAccess.Alone), options);
        }
        catch (StorageException e) when (SandboxException.From(e, path) is SandboxException known)
        {
            throw known;
        }

        try
        {
            store.DeleteExpiredUploads();
            store.MailboxGuid = Guid.TryParse(store.GetMeta("mailbox"), out Guid mailbox) ? mailbox : throw store.NoIdentity();
            store.Address = store.GetMeta("address") ?? throw store.NoIdentity();
            store.DeltaEpoch = long.TryParse(store.GetMeta("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) ? epoch : throw store.NoIdentity();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Does <paramref name="work"/> alone and as a whole: if it throws, nothing of it is kept.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return RunInside(work);
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>The same, waiting on this thread.</summary>
    public T Run<T>(Func<T> work)
    {
        _door.Wait();
        try
        {
            return RunInside(work);
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>Invitations the service would have mailed; nobody gets any.</summary>
    public long Invitations => long.TryParse(GetMeta("invitations"), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0;

    /// <summary>Counts the people the service would write to about a calendar item that was made or changed.</summary>
    public void CountInvitations(MailItem item)
    {
        int people = item.GetPeople(PersonKind.To).Count + item.GetPeople(PersonKind.Cc).Count + item.GetPeople(PersonKind.Bcc).Count;
        if (people > 0)
        {
            SetMeta("invitations", (Invitations + people).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Makes all delta tokens void.</summary>
    public void AdvanceDeltaEpoch() => Run(() =>
    {
        DeltaEpoch++;
        SetMeta("epoch", DeltaEpoch.ToString(CultureInfo.InvariantCulture));
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _door.Wait();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                Database.Dispose();
            }
        }
        finally
        {
            _door.Release();
        }
    }

    private T RunInside<T>(Func<T> work)
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(SandboxMailbox));
        }

        try
        {
            return Database.InTransaction(work);
        }
        catch
        {
            Folders.Forget();
            throw;
        }
    }

    // What was uploaded to a session that was never finished would stay in the file for ever.
    private void DeleteExpiredUploads() => Run(() =>
    {
        Imports.DeleteExpired(Now);
        List<UploadRow> expired = Uploads.Expired(Now);
        foreach (UploadRow upload in expired)
        {
            Contents.Delete(upload.Content);
            Uploads.Delete(upload);
        }

        return expired.Count;
    });

    // The third step gives files of before calendars and tasks their folders.
    // A file whose first start ended between its tables and what is in them has no identity yet.
    private void Furnish(SandboxOptions options)
    {
        if (GetMeta("mailbox") is null)
        {
            SetMeta("mailbox", Guid.NewGuid().ToString());
            SetMeta("address", options.Address ?? SandboxMailbox.DefaultAddress);
            SetMeta("epoch", "1");
            DefaultFolders.Create(Folders, options);
        }
        else
        {
            DefaultFolders.Complete(Folders, options);
        }
    }

    private StorageException NoIdentity() => StorageException.Damaged(Database.Path, Strings.DamagedIdentity);

    private string? GetMeta(string key) => Database.First("SELECT value FROM meta WHERE key = @0", r => r.GetString(0), key);

    private void SetMeta(string key, string value) => Database.Execute("INSERT OR REPLACE INTO meta(key, value) VALUES (@0, @1)", key, value);
}
