using System;
using System.IO;
#if !NETFRAMEWORK
using Microsoft.Win32.SafeHandles;
#endif

namespace PstMigration.Pst.Compat;

/// <summary>
/// Reads of an open file at given positions. .NET has them; .NET Framework gets a lock around seek and read.
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
    {
        // A buffer of 1 switches FileStream's own buffering off: positions jump about.
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
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

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
