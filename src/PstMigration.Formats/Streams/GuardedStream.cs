namespace PstMigration.Formats;

/// <summary>
/// A file that is written, whose errors are typed. So an error of what is read to be written, which is about one item, is told from one of where it is
/// written, which is about all.
/// </summary>
internal sealed class GuardedStream(FileStream file, string path) : Stream
{
    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            file.Write(buffer, offset, count);
            Written += count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Translate(path, e);
        }
    }

    public override void Flush()
    {
        try
        {
            file.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Translate(path, e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                file.Dispose();
            }
            catch (IOException)
            {
                // What was still to be written has no place to go: Flush, or the write before it, has said so.
            }
        }

        base.Dispose(disposing);
    }
}
