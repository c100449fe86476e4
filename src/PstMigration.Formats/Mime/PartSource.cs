using MimeKit;
using MimeKit.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The decoded content of a part, read from the message whenever it is asked for.</summary>
internal sealed class PartSource : BinarySource
{
    private readonly BinarySource _source;
    private readonly long _begin;
    private readonly long _end;
    private readonly ContentEncoding _encoding;
    private (long End, bool IsPadded)? _data;
    private long? _length;

    private PartSource(BinarySource source, long begin, long end, ContentEncoding encoding)
    {
        _source = source;
        _begin = begin;
        _end = end;
        _encoding = encoding;
    }

    public override long? Length => _length;

    // Decoding makes nothing longer.
    protected override long? AtMost => _length ?? StoredLength;

    public override long Measure(CancellationToken cancellationToken = default) => _length ??= base.Measure(cancellationToken);

    /// <summary>Bytes it takes in the message, encoded as they are.</summary>
    public long StoredLength => _end - _begin;

    /// <summary>What somebody put behind the encoded data as plain text; empty where there is nothing.</summary>
    public SliceSource TextBehind => new([], _source, Data.End, _end);

    private (long End, bool IsPadded) Data => _data ??= _encoding == ContentEncoding.Base64 ? Base64End.Find(_source, _begin, _end) : (_end, true);

    /// <summary>The content of a part as it was parsed from a <see cref="SourceStream"/>.</summary>
    public static BinarySource Of(MimePart part) => part.Content switch
    {
        null => FromBytes([]),
        { Stream: BoundStream { BaseStream: SourceStream whole } bound } content =>
            Of(part, whole.Source, bound.StartBoundary, bound.EndBoundary < 0 ? whole.Source.Measure() : bound.EndBoundary, content.Encoding),
        { } content => FromBytes(Copy(content)),
    };

    public override Stream OpenRead()
    {
        Stream stored = Data.IsPadded
            ? new BoundStream(new SourceStream(_source), _begin, Data.End, leaveOpen: false)
            : new SourceStream(new JoinedSource(new SliceSource([], _source, _begin, Data.End), FromBytes([(byte)'=', (byte)'='])));
        return new MimeContent(stored, _encoding).Open();
    }

    /// <summary>Text that says it is base64 and begins with what can be none is the text as it stands.</summary>
    private static PartSource Of(MimePart part, BinarySource source, long begin, long end, ContentEncoding parsed)
    {
        ContentEncoding encoding = SaidType.EncodingOf(part, parsed);
        bool isPlain = encoding == ContentEncoding.Base64 && part is TextPart && !Base64End.CanBegin(source, begin, end);
        return new PartSource(source, begin, end, isPlain ? ContentEncoding.Default : encoding);
    }

    private static byte[] Copy(IMimeContent content)
    {
        using MemoryStream copy = new();
        content.DecodeTo(copy);
        return copy.ToArray();
    }

}
