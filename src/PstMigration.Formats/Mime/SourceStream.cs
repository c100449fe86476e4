using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A <see cref="BinarySource"/> as a stream that can be set back: it is opened again. Nothing is held in memory.</summary>
internal class SourceStream(BinarySource source) : SeekableStream
{
    private Stream? _current;
    private long _currentPosition;

    /// <summary>What it reads.</summary>
    public BinarySource Source => source;

    public override long Length => source.Measure();

    public override int Read(byte[] buffer, int offset, int count)
    {
        Stream stream = Move();
        int read = stream.Read(buffer, offset, count);
        _currentPosition += read;
        Position += read;
        return read;
    }

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
        if (_current is null || (_currentPosition > Position && !_current.CanSeek))
        {
            _current?.Dispose();
            _current = source.OpenRead();
            _currentPosition = 0;
        }

        if (_current.CanSeek)
        {
            _current.Position = _currentPosition = Position;
            return _current;
        }

        byte[] skipped = _currentPosition < Position ? new byte[8192] : [];
        while (_currentPosition < Position)
        {
            int read = _current.Read(skipped, 0, (int)Math.Min(skipped.Length, Position - _currentPosition));
            if (read == 0)
            {
                break;
            }

            _currentPosition += read;
        }

        return _current;
    }
}
