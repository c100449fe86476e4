namespace PstMigration.Mapi;

/// <summary>Reading as many bytes as there are: one call of <see cref="Stream.Read(byte[], int, int)"/> may give fewer than asked for at any time.</summary>
public static class StreamFilling
{
    /// <summary>Reads until a buffer is full or the stream has ended.</summary>
    /// <returns>The bytes read; fewer than the buffer holds only at the end of the stream.</returns>
    public static int Fill(this Stream stream, byte[] buffer) => stream.Fill(buffer, 0, buffer?.Length ?? throw new ArgumentNullException(nameof(buffer)));

    /// <summary>Reads until a part of a buffer is full or the stream has ended.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="count">The bytes of the part.</param>
    /// <returns>The bytes read; fewer than asked for only at the end of the stream.</returns>
    public static int Fill(this Stream stream, byte[] buffer, int offset, int count)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        int filled = 0;
        for (int read; filled < count && (read = stream.Read(buffer, offset + filled, count - filled)) > 0;)
        {
            filled += read;
        }

        return filled;
    }
}
