using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Feeds values to SHA-256, each with its length before it, so that no two different sequences give the same bytes.
/// Large values are streamed.
/// </summary>
/// <param name="cancellationToken">Stops inside of a large value.</param>
internal sealed class DigestWriter(CancellationToken cancellationToken = default) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _number = new byte[8];
    private byte[]? _buffer;

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_number, value);
        _hash.AppendData(_number);
    }

    public void Write(byte[] bytes)
    {
        Write(bytes.LongLength);
        _hash.AppendData(bytes);
    }

    public void Write(string text) => Write(Encoding.Unicode.GetBytes(text));

    /// <summary>Writes a large value; one whose length only reading tells is read twice.</summary>
    public void Write(BinarySource source)
    {
        Write(source.Measure(cancellationToken));
        WriteBytes(source);
    }

    /// <summary>Writes a large value with its length behind it, so that it is read once.</summary>
    /// <returns>The length.</returns>
    public long WriteEnded(BinarySource source)
    {
        long length = WriteBytes(source);
        Write(length);
        return length;
    }

    /// <summary>64 lower-case hexadecimal digits; the writer starts over.</summary>
    public string Finish() => Hex.Lower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private long WriteBytes(BinarySource source)
    {
        using Stream stream = source.OpenRead();
        _buffer ??= new byte[64 * 1024];
        long length = 0;
        for (int read; (read = stream.Read(_buffer, 0, _buffer.Length)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(_buffer, 0, read);
            length += read;
        }

        return length;
    }
}
