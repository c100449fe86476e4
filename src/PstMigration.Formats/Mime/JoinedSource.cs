using MimeKit.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Sources one behind the other; none is copied.</summary>
internal sealed class JoinedSource(params BinarySource[] sources) : BinarySource
{
    public override long? Length => sources.All(s => s.Length is not null) ? sources.Sum(s => s.Length) : null;

    public override Stream OpenRead()
    {
        ChainedStream stream = new();
        foreach (BinarySource source in sources)
        {
            stream.Add(source.OpenRead());
        }

        return stream;
    }
}
