using System;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A <see cref="BinarySource"/> as a stream that can be set back: it is opened again. Nothing is held in memory.</summary>
internal sealed class SourceStream(BinarySource source) : Stream
{
    private Stream? _current;
    private long _currentPosition;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Stream stream = Move();
        int read = stream.Read(buffer, offset, count);
        _currentPosition += read;
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
            _current = null;
        }

        base.Dispose(disposing);
    }

    private Stream Move()
    {
        if (_current is { CanSeek: true })
        {
            _current.Position = _currentPosition = _position;
            return _current;
        }

        if (_current is null || _currentPosition > _position)
        {
            _current?.Dispose();
            _current = source.OpenRead();
            _currentPosition = 0;
        }

        byte[] skipped = _currentPosition < _position ? new byte[8192] : [];
        while (_currentPosition < _position)
        {
            int read = _current.Read(skipped, 0, (int)Math.Min(skipped.Length, _position - _currentPosition));
            if (read == 0)
            {
                break;
            }

            _currentPosition += read;
        }

        return _current;
    }
}
