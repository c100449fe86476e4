using MimeKit.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A file, or a stretch of one, opened whenever it is asked for.</summary>
internal sealed class FileSource(string path, long begin, long end) : BinarySource
{
    public override long? Length => end - begin;

    /// <summary>A whole file, as long as it is now.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static FileSource Of(string path) => new(path, 0, TreeFiles.Read(path, p => new FileInfo(LongPath.Of(p)).Length));

    public override Stream OpenRead() => new BoundStream(TreeFiles.OpenRead(path, end - begin), begin, end, leaveOpen: false);
}
