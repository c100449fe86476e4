using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>
/// A disk that forgets: it keeps what was flushed apart from what was written since, and gives the file as a loss of power would leave it.
/// It can also be full, or fail.
/// </summary>
internal sealed class SimulatedDisk : IDurableFile
{
    private const int Sector = 512;

    private readonly List<(long Offset, byte[]? Bytes)> _pending = [];
    private byte[] _flushed;
    private byte[] _bytes;
    private int _length;

    public SimulatedDisk(byte[] bytes)
    {
        _flushed = (byte[])bytes.Clone();
        _bytes = (byte[])bytes.Clone();
        _length = bytes.Length;
    }

    /// <summary>Called before a flush takes effect.</summary>
    public Action? BeforeFlush { get; set; }

    /// <summary>How many writes succeed before the disk is full; null for all.</summary>
    public int? WritesLeft { get; set; }

    /// <summary>How many flushes succeed before the disk fails; null for all.</summary>
    public int? FlushesLeft { get; set; }

    /// <summary>Writes so far.</summary>
    public int Writes { get; private set; }

    public long Length => _length;

    /// <summary>The file as the programs on the machine see it.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <summary>
    /// The file after a loss of power: of what was not flushed each sector was written or not, in any order. Without a generator nothing of
    /// it was.
    /// </summary>
    public byte[] Crash(Random? random)
    {
        byte[] bytes = (byte[])_flushed.Clone();
        if (random is null)
        {
            return bytes;
        }

        // From hardly anything to nearly all of it; in part the first of it and in part any of it.
        int end = random.Next(2) == 0 ? _pending.Count : random.Next(_pending.Count + 1);
        double share = random.Next(4) == 0 ? 1 : random.NextDouble();
        for (int i = 0; i < end; i++)
        {
            (long offset, byte[]? data) = _pending[i];
            if (data is null)
            {
                if (random.NextDouble() < share)
                {
                    Array.Resize(ref bytes, (int)offset);
                }

                continue;
            }

            for (int done = 0; done < data.Length;)
            {
                int count = (int)Math.Min(data.Length - done, Sector - ((offset + done) % Sector));
                if (random.NextDouble() < share)
                {
                    int at = (int)offset + done;
                    if (bytes.Length < at + count)
                    {
                        Array.Resize(ref bytes, at + count);
                    }

                    data.AsSpan(done, count).CopyTo(bytes.AsSpan(at));
                }

                done += count;
            }
        }

        return bytes;
    }

    public int ReadAt(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= _length)
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, _length - offset);
        _bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void WriteAt(long offset, byte[] bytes, int count)
    {
        SpendWrite();
        if (offset + count > _length)
        {
            Resize((int)(offset + count));
        }

        bytes.AsSpan(0, count).CopyTo(_bytes.AsSpan((int)offset));
        _pending.Add((offset, bytes.AsSpan(0, count).ToArray()));
    }

    public void SetLength(long length)
    {
        SpendWrite();
        Resize((int)length);
        _pending.Add((length, null));
    }

    public void Flush()
    {
        BeforeFlush?.Invoke();
        if (FlushesLeft == 0)
        {
            throw new PstException(PstErrorIds.PstWriteFailed, "The disk does not answer.");
        }

        FlushesLeft--;
        _flushed = ToArray();
        _pending.Clear();
    }

    public void Dispose()
    {
    }

    private void SpendWrite()
    {
        if (WritesLeft == 0)
        {
            throw new PstException(PstErrorIds.PstWriteFailed, "The disk is full.");
        }

        WritesLeft--;
        Writes++;
    }

    private void Resize(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 3 / 2));
        }

        // What was cut off reads as zeros when the file grows again.
        _bytes.AsSpan(Math.Min(length, _length)).Clear();
        _length = length;
    }
}
