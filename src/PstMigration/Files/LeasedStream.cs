using PstMigration.Mapi;

namespace PstMigration;

/// <summary>A stream out of a file that stays open until the stream is disposed. For reading forward.</summary>
internal sealed class LeasedStream(Stream inner, PstLease lease) : ForwardStream(inner)
{
    public override long Length => Source.Length;

    public override long Position
    {
        get => Source.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Source.Read(buffer, offset, count);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            lease.Dispose();
        }
    }
}
