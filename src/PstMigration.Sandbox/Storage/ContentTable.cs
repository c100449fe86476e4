using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Bytes of attachments and photos, kept in pieces so that no attachment is ever in memory as a whole.</summary>
internal sealed class ContentTable(MailboxStore store)
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceSize = 256 * 1024;

    private readonly SqliteDatabase _database = store.Database;

    /// <summary>An empty content.</summary>
    public long Create() => _database.Insert("INSERT INTO content(length) VALUES (0)");

    /// <summary>A content of bytes at hand.</summary>
    public long Create(ReadOnlySpan<byte> bytes)
    {
        long number = Create();
        for (int start = 0; start < bytes.Length; start += PieceSize)
        {
            Write(number, start, bytes.Slice(start, Math.Min(PieceSize, bytes.Length - start)).ToArray());
        }

        SetLength(number, bytes.Length);
        return number;
    }

    /// <summary>A content of what a stream has left.</summary>
    public long Create(Stream stream)
    {
        long number = Create();
        long length = 0;
        byte[] buffer = new byte[PieceSize];
        int read;
        while ((read = ReadFull(stream, buffer)) > 0)
        {
            Write(number, length, read == buffer.Length ? buffer : buffer.AsSpan(0, read).ToArray());
            length += read;
        }

        SetLength(number, length);
        return number;
    }

    /// <summary>Writes a piece; a piece written again at the same place replaces what was there.</summary>
    public void Write(long number, long start, byte[] data) =>
        _database.Execute("INSERT OR REPLACE INTO chunk(content, start, data) VALUES (@0, @1, @2)", number, start, data);

    /// <summary>Takes away the pieces from a place on.</summary>
    public void Truncate(long number, long start) => _database.Execute("DELETE FROM chunk WHERE content = @0 AND start >= @1", number, start);

    /// <summary>Says how long it has become.</summary>
    public void SetLength(long number, long length) => _database.Execute("UPDATE content SET length = @1 WHERE number = @0", number, length);

    /// <summary>Bytes.</summary>
    public long Length(long number) => _database.Number("SELECT length FROM content WHERE number = @0", number);

    /// <summary>Takes it away.</summary>
    public void Delete(long number)
    {
        _database.Execute("DELETE FROM chunk WHERE content = @0", number);
        _database.Execute("DELETE FROM content WHERE number = @0", number);
    }

    /// <summary>Opens streams that read piece by piece, after the request is over too.</summary>
    public Func<Stream> Opener(long number)
    {
        long length = Length(number);
        return () => new ContentStream(store, number, length);
    }

    /// <summary>The piece that begins at <paramref name="start"/> of a content of <paramref name="length"/> bytes.</summary>
    /// <exception cref="IOException">The content was deleted.</exception>
    /// <exception cref="StorageException">FileDamaged: the piece is wanting, empty or too long.</exception>
    public byte[] Piece(long number, long start, long length)
    {
        byte[]? piece = _database.First("SELECT data FROM chunk WHERE content = @0 AND start = @1", r => r.GetBytes(0), number, start);
        return piece is { Length: > 0 } && piece.Length <= length - start ? piece
            : piece is null && _database.Number("SELECT COUNT(*) FROM content WHERE number = @0", number) == 0
                ? throw new IOException("The content was deleted while it was read.")
            : throw StorageException.Damaged(_database.Path, Strings.DamagedContent);
    }

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    public static int ReadFull(Stream stream, byte[] buffer)
    {
        int total = 0;
        int read;
        while (total < buffer.Length && (read = stream.Read(buffer, total, buffer.Length - total)) > 0)
        {
            total += read;
        }

        return total;
    }
}
