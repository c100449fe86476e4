using MimeKit.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Some bytes, and behind them a stretch of a source; neither is copied.</summary>
internal sealed class SliceSource(byte[] prefix, BinarySource source, long begin, long end) : BinarySource
{
    public override long? Length => prefix.Length + end - begin;

    public override Stream OpenRead()
    {
        ChainedStream stream = new();
        stream.Add(new MemoryStream(prefix, writable: false));
        stream.Add(new BoundStream(new SourceStream(source), begin, end, leaveOpen: false));
        return stream;
    }
}
