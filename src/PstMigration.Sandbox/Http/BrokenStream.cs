using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>A body that breaks off: some bytes, then nothing any more.</summary>
internal sealed class BrokenStream(Stream whole, long given = 64) : ForwardStream(whole)
{
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Source.Read(buffer, offset, (int)Math.Min(count, given - _read));
        _read += read;
        return read > 0 ? read : throw new IOException("The connection broke in the middle of a body.");
    }
}
