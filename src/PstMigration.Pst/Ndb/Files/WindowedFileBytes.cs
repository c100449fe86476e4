namespace PstMigration.Pst.Ndb.Files;

/// <summary>
/// Reads a file that is far away in large windows and keeps the last few: on a network share each read costs a round trip, and what
/// a mail program wrote together lies together.
/// </summary>
internal sealed class WindowedFileBytes(IFileBytes file, int windowSize = 1 << 20, int maxWindows = 8) : IFileBytes
{
    private readonly object _gate = new();
    private readonly LinkedList<(long Start, byte[] Bytes, int Length)> _windows = new();

    public long Length => file.Length;

    public int ReadAt(long offset, Span<byte> buffer)
    {
        int total = 0;
        lock (_gate)
        {
            while (offset >= 0 && total < buffer.Length && offset <= long.MaxValue - buffer.Length)
            {
                long start = (offset + total) / windowSize * windowSize;
                ReadOnlySpan<byte> window = GetWindow(start);
                int inWindow = (int)(offset + total - start);
                if (inWindow >= window.Length)
                {
                    break;
                }

                int count = Math.Min(buffer.Length - total, window.Length - inWindow);
                window.Slice(inWindow, count).CopyTo(buffer[total..]);
                total += count;
            }
        }

        return total;
    }

    public void Dispose() => file.Dispose();

    private ReadOnlySpan<byte> GetWindow(long start)
    {
        for (LinkedListNode<(long Start, byte[] Bytes, int Length)>? node = _windows.First; node is not null; node = node.Next)
        {
            if (node.Value.Start == start)
            {
                _windows.Remove(node);
                _windows.AddFirst(node);
                return node.Value.Bytes.AsSpan(0, node.Value.Length);
            }
        }

        byte[] bytes = _windows.Count < maxWindows ? new byte[windowSize] : _windows.Last!.Value.Bytes;
        if (_windows.Count >= maxWindows)
        {
            _windows.RemoveLast();
        }

        int length = file.ReadAt(start, bytes);
        _windows.AddFirst((start, bytes, length));
        return bytes.AsSpan(0, length);
    }
}
