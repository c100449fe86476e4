using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Feeds values to SHA-256, each with its length before it, so that no two different sequences give the same bytes.
/// Large values are streamed.
/// </summary>
internal sealed class DigestWriter : IDisposable
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

    public void Write(BinarySource source)
    {
        Write(source.Length);
        using Stream stream = source.OpenRead();
        _buffer ??= new byte[64 * 1024];
        for (int read; (read = stream.Read(_buffer, 0, _buffer.Length)) > 0;)
        {
            _hash.AppendData(_buffer, 0, read);
        }
    }

    /// <summary>64 lower-case hexadecimal digits; the writer starts over.</summary>
    public string Finish() => Hex.Lower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
