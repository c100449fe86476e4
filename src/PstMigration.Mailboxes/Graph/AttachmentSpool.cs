using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PstMigration.Mailboxes;

/// <summary>
/// Attachments fetched from a mailbox, small ones in memory, large ones in files only this user can read. The service does
/// not tell how many bytes an attachment has, and a copy reads it more than once. What was not used for longest makes room.
/// Safe for several threads.
/// </summary>
internal sealed class AttachmentSpool(long capacity) : IDisposable
{
    private const int LargestInMemory = 256 * 1024;
    private readonly Dictionary<object, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly object _lock = new();
    private long _total;
    private bool _disposed;

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

    /// <summary>Keeps a stream's content, and gives its length.</summary>
    public long Keep(object key, Stream content)
    {
        Entry entry = Entry.Read(key, content);
        lock (_lock)
        {
            if (_disposed)
            {
                entry.Dispose();
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
        }
    }

    private void Remove(object key)
    {
        if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
        {
            _entries.Remove(key);
            _byUse.Remove(node);
            _total -= node.Value.Length;
            node.Value.Dispose();
        }
    }

    private sealed class Entry : IDisposable
    {
        private readonly byte[]? _bytes;
        private readonly FileStream? _file;

        private Entry(object key, byte[] bytes)
        {
            Key = key;
            _bytes = bytes;
            Length = bytes.Length;
        }

        private Entry(object key, FileStream file)
        {
            Key = key;
            _file = file;
            Length = file.Length;
        }

        public object Key { get; }

        public long Length { get; }

        public static Entry Read(object key, Stream content)
        {
            byte[] head = new byte[LargestInMemory];
            int filled = 0;
            for (int read; filled < head.Length && (read = content.Read(head, filled, head.Length - filled)) > 0;)
            {
                filled += read;
            }

            if (filled < head.Length)
            {
                Array.Resize(ref head, filled);
                return new Entry(key, head);
            }

            // Made with owner-only rights on every system. Gone when closed, on Windows also when the process is killed.
            string path = Path.GetTempFileName();
            FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 81920, FileOptions.DeleteOnClose);
            try
            {
                file.Write(head, 0, filled);
                content.CopyTo(file);
                file.Flush();
                return new Entry(key, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        public Stream Open() => _bytes is not null
            ? new MemoryStream(_bytes, writable: false)
            : new FileStream(_file!.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public void Dispose() => _file?.Dispose();
    }
}
