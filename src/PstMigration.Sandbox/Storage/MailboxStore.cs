using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Sandbox;

/// <summary>The mailbox in its file: tables, and the one door through which requests come in one after the other.</summary>
internal sealed class MailboxStore : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Database _database;
    private bool _disposed;

    private MailboxStore(Database database, SandboxOptions options)
    {
        _database = database;
        Time = options.TimeProvider;
        Folders = new FolderTable(this);
        Items = new ItemTable(this);
        Properties = new PropertyTable(database);
        Attachments = new AttachmentTable(this);
        Contents = new ContentTable(this);
        Uploads = new UploadTable(database);
        Changes = new ChangeTable(database);
    }

    /// <summary>The mailbox's own GUID.</summary>
    public Guid MailboxGuid { get; private set; }

    /// <summary>Its address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Delta tokens of an earlier epoch are void.</summary>
    public long DeltaEpoch { get; private set; }

    public TimeProvider Time { get; }

    public Database Database => _database;

    public FolderTable Folders { get; }

    public ItemTable Items { get; }

    public PropertyTable Properties { get; }

    public AttachmentTable Attachments { get; }

    public ContentTable Contents { get; }

    public UploadTable Uploads { get; }

    public ChangeTable Changes { get; }

    /// <summary>Now, as FILETIME.</summary>
    public long Now => Time.GetUtcNow().ToFileTime();

    /// <summary>Opens the file, making the mailbox in it if it is new.</summary>
    public static MailboxStore Open(string path, SandboxOptions options)
    {
        Database database = Database.Open(path, out bool isNew);
        MailboxStore store = new(database, options);
        try
        {
            if (isNew)
            {
                database.Begin();
                store.SetMeta("mailbox", Guid.NewGuid().ToString());
                store.SetMeta("address", options.Address ?? SandboxMailbox.DefaultAddress);
                store.SetMeta("epoch", "1");
                DefaultFolders.Create(store.Folders, options);
                database.Commit();
            }

            store.DeleteExpiredUploads();
            store.MailboxGuid = Guid.Parse(store.GetMeta("mailbox"));
            store.Address = store.GetMeta("address");
            store.DeltaEpoch = long.Parse(store.GetMeta("epoch"), CultureInfo.InvariantCulture);
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
                _database.Dispose();
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

        _database.Begin();
        try
        {
            T result = work();
            _database.Commit();
            return result;
        }
        catch
        {
            _database.Rollback();
            throw;
        }
    }

    // What was uploaded to a session that was never finished would stay in the file for ever.
    private void DeleteExpiredUploads() => Run(() =>
    {
        List<UploadRow> expired = Uploads.Expired(Now);
        foreach (UploadRow upload in expired)
        {
            Contents.Delete(upload.Content);
            Uploads.Delete(upload);
        }

        return expired.Count;
    });

    private string GetMeta(string key) => _database.First("SELECT value FROM meta WHERE key = @0", r => r.GetString(0), key) ?? "";

    private void SetMeta(string key, string value) => _database.Execute("INSERT OR REPLACE INTO meta(key, value) VALUES (@0, @1)", key, value);
}
