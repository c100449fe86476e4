using System.Buffers;
namespace PstMigration.Mapi;

/// <summary>
/// A large value that can be opened any number of times and is never held in memory as a whole by its owner:
/// an attachment in a file, a body in a mailbox.
/// </summary>
public abstract class BinarySource
{
    private const int BufferSize = 81920;

    /// <summary>Bytes the stream will give; null where only reading it tells, as for text that is decoded on the way.</summary>
    public abstract long? Length { get; }

    /// <summary>
    /// Brings the bytes to this machine where they are elsewhere, so that <see cref="OpenRead"/> does not wait for a network. Does
    /// nothing where they are here.
    /// </summary>
    /// <exception cref="MailDataException">They cannot be fetched.</exception>
    public virtual ValueTask FetchAsync(CancellationToken cancellationToken) => default;

    /// <summary>Opens a new read-only stream at position 0. Forward reading is enough; seeking is not promised.</summary>
    public abstract Stream OpenRead();

    /// <summary>A source over bytes already in memory; they are not copied.</summary>
    public static BinarySource FromBytes(byte[] bytes) => new MemorySource(bytes ?? throw new ArgumentNullException(nameof(bytes)));

    /// <summary>Whether there are more bytes than that; where the length is unknown, as many are read as it takes to tell.</summary>
    public bool IsLongerThan(long bytes)
    {
        if (Length is long known)
        {
            return known > bytes;
        }

        return ReadUpTo(bytes, default) > bytes;
    }

    /// <summary>The length, for whoever has to know it: where it is unknown, everything is read.</summary>
    public virtual long Measure(CancellationToken cancellationToken = default)
    {
        if (Length is long known)
        {
            return known;
        }

        return ReadUpTo(long.MaxValue, cancellationToken);
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidOperationException">More than 2 GB, which no array holds.</exception>
    public virtual byte[] ToArray() =>
        TryToArray(int.MaxValue) ?? throw new InvalidOperationException("A value over 2 GB can only be read as a stream.");

    /// <summary>Reads everything; null where that is more than a number of bytes.</summary>
    public byte[]? TryToArray(int atMost)
    {
        if (Length is long known)
        {
            return known > atMost ? null : ReadAll((int)known, atMost);
        }

        // Of an unknown length mostly not much: into memory that is used again, as far as it goes.
        int size = (int)Math.Min(Math.Min(BufferSize, (AtMost ?? long.MaxValue - 1) + 1), atMost + 1L);
        byte[] begin = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            using Stream stream = OpenRead();
            int length = stream.Fill(begin, 0, size);
            if (length < size || length > atMost)
            {
                return length > atMost ? null : begin.AsSpan(0, length).ToArray();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(begin);
        }

        // Then whether it is too much: reading it twice takes less than keeping it in vain.
        return IsLongerThan(atMost) ? null : ReadAll(Math.Min(atMost, BufferSize), atMost);
    }

    /// <summary>No more bytes than that, where anything is known of it.</summary>
    protected virtual long? AtMost => Length;

    private byte[]? ReadAll(int expected, int atMost)
    {
        using Stream stream = OpenRead();
        byte[] bytes = new byte[expected];
        int length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                int next = stream.ReadByte();
                if (next < 0)
                {
                    return bytes;
                }

                if (length >= atMost)
                {
                    return null;
                }

                Array.Resize(ref bytes, (int)Math.Min(atMost, Math.Max(2L * length, BufferSize)));
                bytes[length++] = (byte)next;
            }

            int read = stream.Read(bytes, length, bytes.Length - length);
            if (read == 0 && length < bytes.Length)
            {
                Array.Resize(ref bytes, length);
                return bytes;
            }

            length += read;
        }
    }

    /// <summary>Reads until there are more bytes than a number.</summary>
    private long ReadUpTo(long most, CancellationToken cancellationToken)
    {
        using Stream stream = OpenRead();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            for (int read; length <= most && (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                length += read;
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed class MemorySource(byte[] bytes) : BinarySource
    {
        public override long? Length => bytes.Length;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);

        public override byte[] ToArray() => bytes;
    }
}
