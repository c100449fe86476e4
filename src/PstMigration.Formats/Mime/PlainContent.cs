using MimeKit;

namespace PstMigration.Formats;

/// <summary>ASCII text with CRLF line ends as the content of a part: nothing is left to encode.</summary>
internal sealed class PlainContent(byte[] text) : IMimeContent
{
    public ContentEncoding Encoding => ContentEncoding.SevenBit;

    public NewLineFormat? NewLineFormat => MimeKit.NewLineFormat.Dos;

    public Stream Stream => Open();

    public Stream Open() => new MemoryStream(text, writable: false);

    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default) => stream.Write(text, 0, text.Length);

    public Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        stream.WriteAsync(text, 0, text.Length, cancellationToken);

    public void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        if (text.Length > 0 && text[text.Length - 1] == (byte)'\n')
        {
            WholeLines.Write(stream, text, text.Length);
        }
        else
        {
            stream.Write(text, 0, text.Length);
        }
    }

    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) => DecodeToAsync(stream, cancellationToken);

    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
