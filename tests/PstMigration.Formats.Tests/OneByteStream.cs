namespace PstMigration.Formats.Tests;

/// <summary>Bytes in memory that are read one at a time, as a stream may give them.</summary>
internal sealed class OneByteStream : MemoryStream
{
    public OneByteStream(byte[] bytes)
    {
        Write(bytes, 0, bytes.Length);
        Position = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
}
