using PstMigration.Mapi;
#if !NETFRAMEWORK
using Microsoft.Win32.SafeHandles;
#endif

namespace PstMigration.Pst.Compat;

/// <summary>
/// Reads and writes of an open file at given positions. .NET has them; .NET Framework gets a lock around seek and transfer.
/// </summary>
internal sealed class PositionedFile : IDisposable
{
    private readonly FileStream _stream;
#if NETFRAMEWORK
    private readonly object _gate = new();
    private byte[] _transfer = new byte[16 * 1024];
#else
    // Asking the stream for its handle costs a seek each time.
    private readonly SafeFileHandle _handle;
#endif

    /// <summary>Opens for reading; others may go on reading, writing, renaming and deleting it.</summary>
    public PositionedFile(string path)
        : this(path, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
    {
    }

    /// <summary>Opens an existing file.</summary>
    public PositionedFile(string path, FileAccess access, FileShare share)
    {
        PlainFile.Check(path);

        // A buffer of 1 switches FileStream's own buffering off: positions jump about.
        _stream = new FileStream(path, FileMode.Open, access, share, bufferSize: 1);
#if !NETFRAMEWORK
        _handle = _stream.SafeFileHandle;
#endif
    }

    /// <summary>Bytes in the file now.</summary>
    public long Length => _stream.Length;

    /// <summary>One read; may give fewer bytes than asked for.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
#if NETFRAMEWORK
        lock (_gate)
        {
            if (_transfer.Length < buffer.Length)
            {
                _transfer = new byte[buffer.Length];
            }

            _stream.Position = offset;
            int count = _stream.Read(_transfer, 0, buffer.Length);
            _transfer.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
#else
        return RandomAccess.Read(_handle, buffer, offset);
#endif
    }

    /// <summary>Writes all of the bytes.</summary>
    public void Write(long offset, byte[] bytes, int count)
    {
#if NETFRAMEWORK
        lock (_gate)
        {
            _stream.Position = offset;
            _stream.Write(bytes, 0, count);
        }
#else
        RandomAccess.Write(_handle, bytes.AsSpan(0, count), offset);
#endif
    }

    /// <summary>Cuts the file off or fills it up with zeros.</summary>
    public void SetLength(long length) => DiskSpace.SetLength(_stream, length);

    /// <summary>Whether a name still stands for this file.</summary>
    public bool IsAt(string path) => PlainFile.IsInPlace(_stream, path);

    /// <summary>Waits until everything written is on the medium.</summary>
    public void Flush() => _stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
