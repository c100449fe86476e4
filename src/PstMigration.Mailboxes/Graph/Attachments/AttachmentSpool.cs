using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Attachments fetched from a mailbox, small ones in memory, large ones in files only this user can read, all in one folder that vanishes with this object. The service does
/// not tell how many bytes an attachment has, and a copy reads it more than once. What was not used for longest makes room.
/// Safe for several threads.
/// </summary>
/// <param name="capacity">Bytes to keep; one attachment may be larger.</param>
internal sealed class AttachmentSpool(long capacity = AttachmentSpool.DefaultCapacity) : IDisposable
{
    private const long DefaultCapacity = 1_000_000_000;
    private const int LargestInMemory = 256 * 1024;
    private const int BufferSize = 81920;

    private readonly Dictionary<object, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly object _lock = new();
    private RunFolder? _folder;
    private long _total;
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

            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value.Open();
        }
    }

    /// <summary>Keeps what a reader gives.</summary>
    /// <returns>Its length in bytes.</returns>
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
            _entries.Add(key, _byUse.AddLast(entry));
            _total += entry.Length;
            while (_total > capacity && _byUse.Count > 1)
            {
                Remove(_byUse.First!.Value.Key);
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
        string path = NewPath();
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

    private void Remove(object key)
    {
        if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
        {
            _entries.Remove(key);
            _byUse.Remove(node);
            _total -= node.Value.Length;
            node.Value.Delete();
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
