using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Bytes stored in pieces of one size.</summary>
/// <param name="source">Where they are stored.</param>
/// <param name="offsets">Where each piece starts.</param>
/// <param name="size">Bytes of a piece.</param>
/// <param name="length">Bytes in all.</param>
internal sealed class SectorSource(BinarySource source, IReadOnlyList<long> offsets, int size, long length) : BinarySource
{
    public override long? Length => length;

    public override Stream OpenRead() => new SectorStream(new SourceStream(source), offsets, size, length);

    private sealed class SectorStream(SourceStream stream, IReadOnlyList<long> offsets, int size, long length) : SeekableStream
    {
        public override long Length => length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            long left = Math.Min(count, length - Position);
            if (left <= 0)
            {
                return 0;
            }

            int within = (int)(Position % size);
            stream.Position = offsets[(int)(Position / size)] + within;
            int read = stream.Read(buffer, offset, (int)Math.Min(left, size - within));
            Position += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
