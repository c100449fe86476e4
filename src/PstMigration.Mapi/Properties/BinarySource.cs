namespace PstMigration.Mapi;

/// <summary>
/// A large value that can be opened any number of times and is never held in memory as a whole by its owner:
/// an attachment in a file, a body in a mailbox.
/// </summary>
public abstract class BinarySource
{
    /// <summary>Bytes the stream will give.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// Brings the bytes to this machine where they are elsewhere, so that <see cref="Length"/> is known and <see cref="OpenRead"/> does not wait for a network. Does
    /// nothing where they are here.
    /// </summary>
    /// <exception cref="MailDataException">They cannot be fetched.</exception>
    public virtual ValueTask FetchAsync(CancellationToken cancellationToken) => default;

    /// <summary>Opens a new read-only stream at position 0. Forward reading is enough; seeking is not promised.</summary>
    public abstract Stream OpenRead();

    /// <summary>A source over bytes already in memory; they are not copied.</summary>
    public static BinarySource FromBytes(byte[] bytes) => new MemorySource(bytes ?? throw new ArgumentNullException(nameof(bytes)));

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidOperationException">More than 2 GB, which no array holds.</exception>
    public virtual byte[] ToArray()
    {
        if (Length > int.MaxValue)
        {
            throw new InvalidOperationException("A value over 2 GB can only be read as a stream.");
        }

        using Stream stream = OpenRead();
        using MemoryStream copy = new((int)Length);
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class MemorySource(byte[] bytes) : BinarySource
    {
        public override long Length => bytes.Length;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);

        public override byte[] ToArray() => bytes;
    }
}
