using System;
using System.Collections.Generic;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Bytes that lie in pieces of one size.</summary>
/// <param name="source">Where they lie.</param>
/// <param name="offsets">Where each piece starts.</param>
/// <param name="size">Bytes of a piece.</param>
/// <param name="length">Bytes in all.</param>
internal sealed class SectorSource(BinarySource source, IReadOnlyList<long> offsets, int size, long length) : BinarySource
{
    public override long Length => length;

    public override Stream OpenRead() => new SectorStream(new SourceStream(source), offsets, size, length);

    private sealed class SectorStream(SourceStream stream, IReadOnlyList<long> offsets, int size, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            long left = Math.Min(count, length - _position);
            if (left <= 0)
            {
                return 0;
            }

            int within = (int)(_position % size);
            stream.Position = offsets[(int)(_position / size)] + within;
            int read = stream.Read(buffer, offset, (int)Math.Min(left, size - within));
            _position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => length + offset,
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
                stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
