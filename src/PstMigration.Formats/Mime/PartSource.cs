using System.IO;
using MimeKit;
using MimeKit.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The decoded content of a part, read from the message whenever it is asked for.</summary>
internal sealed class PartSource(BinarySource source, long begin, long end, ContentEncoding encoding) : BinarySource
{
    private long? _length;

    public override long Length => _length ??= Measure();

    /// <summary>The content of a part of a message parsed from <paramref name="source"/>.</summary>
    public static BinarySource Of(MimePart part, BinarySource source) => part.Content switch
    {
        null => FromBytes([]),
        { Stream: BoundStream bound } content => new PartSource(source, bound.StartBoundary, bound.EndBoundary < 0 ? source.Length : bound.EndBoundary, content.Encoding),
        { } content => FromBytes(Copy(content)),
    };

    public override Stream OpenRead() => new MimeContent(new BoundStream(new SourceStream(source), begin, end, leaveOpen: false), encoding).Open();

    private static byte[] Copy(IMimeContent content)
    {
        using MemoryStream copy = new();
        content.DecodeTo(copy);
        return copy.ToArray();
    }

    private long Measure()
    {
        using Stream stream = OpenRead();
        byte[] buffer = new byte[81920];
        long length = 0;
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            length += read;
        }

        return length;
    }
}
