using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What stands around a FastTransfer stream in what exportItems gives and importItem takes: records of u32 op code, u32 length, payload, without a header, an end or a sum. Config (1: u32
/// flags 0, u32 method 1), IsInterfaceOk (3: u32 method 1, the GUID of a message, u32 flags), TellPartnerVersion (4: three u16), then any number of TransferBuffer (2), whose payloads
/// one after the other are the stream. The names are those of IExchangeFastTransfer; the layout is that of the samples in Microsoft's documentation of Graph and of EWS.
/// </summary>
internal sealed class FastTransferFrames
{
    public const uint Config = 1;
    public const uint TransferBuffer = 2;
    public const uint IsInterfaceOk = 3;
    public const uint TellPartnerVersion = 4;

    /// <summary>The whole item, as CopyTo gives it.</summary>
    public const uint MethodCopyTo = 1;

    /// <summary>MAPI_UNICODE, best body, and a bit that is to be ignored ([MS-OXCFXICS] 2.2.3.1.1.1.1).</summary>
    public const uint Flags = 0x80002400;

    private const int HeadSize = 8;

    private readonly BinarySource _blob;
    private readonly List<Piece> _pieces = [];

    private FastTransferFrames(BinarySource blob) => _blob = blob;

    /// <summary>IID_IMessage.</summary>
    public static Guid MessageInterface { get; } = new("00020307-0000-0000-C000-000000000046");

    /// <summary>Bytes of the stream proper.</summary>
    public long Length { get; private set; }

    /// <summary>Of which server it says to be.</summary>
    public FastTransferVersion Version { get; private set; }

    /// <summary>Reads the heads of all records. Nothing is guessed: a record that is not known, has another length or is cut off refuses the whole.</summary>
    /// <exception cref="MailDataException">FastTransferUnreadable.</exception>
    public static FastTransferFrames Read(BinarySource blob)
    {
        FastTransferFrames frames = new(blob);
        using SourceStream stream = new(blob);
        long end = stream.Length;
        uint[] order = [Config, IsInterfaceOk, TellPartnerVersion];
        byte[] head = new byte[HeadSize];
        for (long at = 0, record = 0; at < end || record < order.Length; record++)
        {
            stream.Position = at;
            if (stream.Fill(head) < HeadSize)
            {
                throw Unreadable(at);
            }

            uint code = BinaryPrimitives.ReadUInt32LittleEndian(head);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            bool isExpected = code == (record < order.Length ? order[record] : TransferBuffer);
            if (!isExpected || length > end - at - HeadSize || (code != TransferBuffer && !frames.TakeHead(code, stream, length)))
            {
                throw Unreadable(at);
            }

            if (code == TransferBuffer)
            {
                frames._pieces.Add(new Piece(frames.Length, at + HeadSize));
                frames.Length += length;
            }

            at += HeadSize + length;
        }

        return frames;
    }

    /// <summary>What a place cannot be read for.</summary>
    public static MailDataException Unreadable(long offset) =>
        new(FormatErrorIds.FastTransferUnreadable, string.Format(Strings.Culture, Strings.FastTransferUnreadable, offset));

    /// <summary>The stream proper.</summary>
    public Stream Open() => new Payload(this);

    /// <summary>A stretch of the stream proper, read from the blob when it is opened.</summary>
    public BinarySource Slice(long begin, long length) => new Stretch(this, begin, length);

    private bool TakeHead(uint code, SourceStream stream, uint length)
    {
        byte[] payload = new byte[Math.Min(length, 64)];
        stream.Fill(payload);
        switch (code)
        {
            case Config:
                return length == 8 && BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4)) == MethodCopyTo;
            case IsInterfaceOk:
                return length == 24 && BinaryPrimitives.ReadUInt32LittleEndian(payload) == MethodCopyTo && new Guid(payload.AsSpan(4, 16).ToArray()) == MessageInterface;
            default:
                if (length != 6)
                {
                    return false;
                }

                Version = new FastTransferVersion(
                    BinaryPrimitives.ReadUInt16LittleEndian(payload),
                    BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(2)),
                    BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(4)));
                return true;
        }
    }

    // The piece a place of the stream lies in; places behind the end are in the last one.
    private int Find(long position)
    {
        int low = 0;
        int high = _pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_pieces[middle].Begin <= position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The payload of one record: where it begins in the stream, and where in the blob.</summary>
    private readonly record struct Piece(long Begin, long Offset);

    private sealed class Payload(FastTransferFrames frames) : SeekableStream
    {
        private readonly SourceStream _blob = new(frames._blob);

        public override long Length => frames.Length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position >= Length || count == 0)
            {
                return 0;
            }

            int index = frames.Find(Position);
            Piece piece = frames._pieces[index];
            long end = index + 1 < frames._pieces.Count ? frames._pieces[index + 1].Begin : Length;
            _blob.Position = piece.Offset + Position - piece.Begin;
            int read = _blob.Read(buffer, offset, (int)Math.Min(count, end - Position));
            Position += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _blob.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Stretch(FastTransferFrames frames, long begin, long length) : BinarySource
    {
        public override long? Length => length;

        public override Stream OpenRead() => new MimeKit.IO.BoundStream(frames.Open(), begin, begin + length, leaveOpen: false);
    }
}
