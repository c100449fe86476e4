using System.IO;
using System.Threading;
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
    private long? _dataEnd;
    private long? _length;

    private PartSource(BinarySource source, long begin, long end, ContentEncoding encoding)
    {
        _source = source;
        _begin = begin;
        _end = end;
        _encoding = encoding;
    }

    public override long? Length => _length;

    public override long Measure(CancellationToken cancellationToken = default) => _length ??= base.Measure(cancellationToken);

    /// <summary>Bytes it takes in the message, encoded as they are.</summary>
    public long StoredLength => _end - _begin;

    /// <summary>What somebody put behind the encoded data as plain text; empty where there is nothing.</summary>
    public SliceSource TextBehind => new SliceSource([], _source, DataEnd, _end);

    private long DataEnd => _dataEnd ??= _encoding == ContentEncoding.Base64 ? Base64End.Find(_source, _begin, _end) : _end;

    /// <summary>The content of a part as it was parsed from a <see cref="SourceStream"/>.</summary>
    public static BinarySource Of(MimePart part) => part.Content switch
    {
        null => FromBytes([]),
        { Stream: BoundStream { BaseStream: SourceStream whole } bound } content =>
            new PartSource(whole.Source, bound.StartBoundary, bound.EndBoundary < 0 ? whole.Source.Measure() : bound.EndBoundary, content.Encoding),
        { } content => FromBytes(Copy(content)),
    };

    public override Stream OpenRead() => new MimeContent(new BoundStream(new SourceStream(_source), _begin, DataEnd, leaveOpen: false), _encoding).Open();

    private static byte[] Copy(IMimeContent content)
    {
        using MemoryStream copy = new();
        content.DecodeTo(copy);
        return copy.ToArray();
    }

}
