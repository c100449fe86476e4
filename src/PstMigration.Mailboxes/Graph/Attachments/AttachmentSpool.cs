using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Attachments fetched from a mailbox, small ones in memory, large ones in files only this user can read, all in one folder that vanishes with this object. The service does
/// not tell how many bytes an attachment has, and a copy reads it more than once. What was not used for longest makes room.
/// Safe for several threads.
/// </summary>
/// <param name="capacity">Bytes to keep in files; one attachment may be larger.</param>
/// <param name="memory">Bytes to keep in memory.</param>
internal sealed class AttachmentSpool(long capacity = AttachmentSpool.DefaultCapacity, long memory = AttachmentSpool.DefaultMemory) : IDisposable
{
    private const long DefaultCapacity = 1_000_000_000;
    private const long DefaultMemory = 64_000_000;
    private const int LargestInMemory = 256 * 1024;

    // What the smallest takes beside its bytes: its key, its places in list and table.
    private const int Overhead = 512;
    private const int BufferSize = 81920;

    private readonly Dictionary<object, LinkedListNode<Entry>> _entries = [];
    private readonly Shelf _files = new(capacity);
    private readonly Shelf _memory = new(memory);
    private readonly object _lock = new();
    private RunFolder? _folder;
    private bool _disposed;

    /// <summary>Reads up to a number of bytes, and gives how many.</summary>
    public delegate Task<int> Reader(byte[] buffer, int offset, int count, CancellationToken cancellationToken);

    /// <summary>The folder of the large ones; null as long as there were none.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>Whether something is kept under a key.</summary>
    public bool Contains(object key)
    {
        lock (_lock)
        {
            return _entries.ContainsKey(key);
        }
    }

    /// <summary>Opens what is kept under a key; null where it is not (any more).</summary>
    public Stream? TryOpen(object key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            ShelfOf(node.Value).Use(node);
            return node.Value.Open();
        }
    }

    /// <summary>Keeps what a reader gives.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="MailDataException">DiskFull: there is no room for another file.</exception>
    public async Task<long> KeepAsync(object key, Reader read, CancellationToken cancellationToken)
    {
        Entry entry = await ReadAsync(key, read, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (_disposed)
            {
                entry.Delete();
                throw new ObjectDisposedException(nameof(AttachmentSpool));
            }

            Remove(key);
            Shelf shelf = ShelfOf(entry);
            _entries.Add(key, shelf.Add(entry));
            while (shelf.Surplus is Entry surplus)
            {
                Remove(surplus.Key);
            }
        }

        return entry.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (object key in _entries.Keys.ToArray())
            {
                Remove(key);
            }

            _folder?.Dispose();
        }
    }

    private async Task<Entry> ReadAsync(object key, Reader read, CancellationToken cancellationToken)
    {
        byte[] head = new byte[BufferSize];
        int filled = 0;
        for (int count = 1; count > 0;)
        {
            if (filled == head.Length)
            {
                if (filled == LargestInMemory)
                {
                    return await ReadFileAsync(key, head, read, cancellationToken).ConfigureAwait(false);
                }

                Array.Resize(ref head, Math.Min(head.Length * 2, LargestInMemory));
            }

            count = await read(head, filled, head.Length - filled, cancellationToken).ConfigureAwait(false);
            filled += count;
        }

        Array.Resize(ref head, filled);
        return new Entry(key, head, null, filled);
    }

    private async Task<Entry> ReadFileAsync(object key, byte[] head, Reader read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadFileAsync(NewPath(), key, head, read, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (DiskSpace.IsExhausted(e))
        {
            // No connection that broke, after which all would be fetched again.
            throw new MailDataException(FileErrorIds.DiskFull, MailboxException.Format(Strings.TemporaryFull, Path.GetTempPath()), e);
        }
    }

    private static async Task<Entry> ReadFileAsync(string path, object key, byte[] head, Reader read, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            file.Write(head, 0, head.Length);
            byte[] buffer = new byte[BufferSize];
            for (int count; (count = await read(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                file.Write(buffer, 0, count);
            }

            return new Entry(key, null, path, file.Length);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private string NewPath()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(AttachmentSpool));
            }

            return (_folder ??= RunFolder.Create()).NewFile();
        }
    }

    private Shelf ShelfOf(Entry entry) => entry.Bytes is null ? _files : _memory;

    private void Remove(object key)
    {
        if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
        {
            _entries.Remove(key);
            ShelfOf(node.Value).Remove(node);
            node.Value.Delete();
        }
    }

    /// <summary>Entries in the order of their use, and how much they take.</summary>
    private sealed class Shelf(long capacity)
    {
        private readonly LinkedList<Entry> _byUse = new();
        private long _total;

        /// <summary>What has to make room; null for nothing. The last one may be larger than all the room.</summary>
        public Entry? Surplus => _total > capacity && _byUse.Count > 1 ? _byUse.First!.Value : null;

        public LinkedListNode<Entry> Add(Entry entry)
        {
            _total += entry.Length + Overhead;
            return _byUse.AddLast(entry);
        }

        public void Use(LinkedListNode<Entry> node)
        {
            _byUse.Remove(node);
            _byUse.AddLast(node);
        }

        public void Remove(LinkedListNode<Entry> node)
        {
            _byUse.Remove(node);
            _total -= node.Value.Length + Overhead;
        }
    }

    private sealed record Entry(object Key, byte[]? Bytes, string? Path, long Length)
    {
        public Stream Open() => Bytes is not null
            ? new MemoryStream(Bytes, writable: false)
            : new FileStream(Path!, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

        public void Delete()
        {
            try
            {
                if (Path is not null)
                {
                    File.Delete(Path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody cleaned up temporary files before us, or has it open: it goes with the folder.
            }
        }
    }
}
