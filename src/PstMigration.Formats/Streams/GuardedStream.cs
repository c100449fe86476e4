namespace PstMigration.Formats;

/// <summary>
/// A file that is written, whose errors are typed. So an error of what is read to be written, which is about one item, is told from one of where it is
/// written, which is about all.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="path">Its path, for errors.</param>
/// <param name="buffer">Where small pieces are gathered; empty where the file does that itself.</param>
internal sealed class GuardedStream(FileStream file, string path, byte[] buffer) : SinkStream
{
    private int _filled;

    /// <summary>Bytes written so far.</summary>
    public long Written { get; private set; }

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Write(byte[] bytes, int offset, int count)
    {
        if (count > buffer.Length - _filled)
        {
            WriteGathered();
        }

        if (count > buffer.Length)
        {
            WriteOut(bytes, offset, count);
        }
        else
        {
            Buffer.BlockCopy(bytes, offset, buffer, _filled, count);
            _filled += count;
        }

        Written += count;
    }

    public override void Flush()
    {
        WriteGathered();
        try
        {
            file.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Translate(path, e);
        }
    }

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

    private void WriteGathered()
    {
        int length = _filled;
        _filled = 0;
        if (length > 0)
        {
            WriteOut(buffer, 0, length);
        }
    }

    private void WriteOut(byte[] bytes, int offset, int count)
    {
        try
        {
            file.Write(bytes, offset, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Translate(path, e);
        }
    }
}
