using System.Buffers;
using System.Buffers.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Bytes as the base64 content of a part, in lines of 76 characters, encoded while they are written. The library would encode them one by
/// one and look at each of the lines again; for mail, which is mostly attachments, that is most of the time.
/// </summary>
internal sealed class Base64Content(BinarySource source) : IMimeContent
{
    private const int LineBytes = 57;
    private const int Digits = 76;
    private const int LineEnd = 2;
    private const int LineLength = Digits + LineEnd;
    private const int Lines = 512;

    public ContentEncoding Encoding => ContentEncoding.Base64;

    public NewLineFormat? NewLineFormat => MimeKit.NewLineFormat.Dos;

    public Stream Stream => throw new NotSupportedException("The encoded bytes are made when they are written.");

    public Stream Open() => source.OpenRead();

    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default)
    {
        using Stream content = source.OpenRead();
        content.CopyTo(stream);
    }

    public Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        DecodeTo(stream, cancellationToken);
        return Task.CompletedTask;
    }

    public void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        byte[] plain = ArrayPool<byte>.Shared.Rent(LineBytes * Lines);
        byte[] encoded = ArrayPool<byte>.Shared.Rent(LineLength * Lines);
        try
        {
            using Stream content = source.OpenRead();
            // Whole lines, but for the last of all.
            for (int length; (length = content.Fill(plain, 0, LineBytes * Lines)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WholeLines.Write(stream, encoded, Encode(plain.AsSpan(0, length), encoded));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        WriteTo(stream, cancellationToken);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // The source is the item's.
    }

    // Many lines are encoded at once, which is far faster than one by one, then set apart from the last to the first.
    private static int Encode(ReadOnlySpan<byte> plain, Span<byte> encoded)
    {
        Base64.EncodeToUtf8(plain, encoded, out _, out int length);
        int lines = (length + Digits - 1) / Digits;
        for (int line = lines - 1; line >= 0; line--)
        {
            int count = Math.Min(Digits, length - (line * Digits));
            encoded.Slice(line * Digits, count).CopyTo(encoded[(line * LineLength)..]);
            encoded[(line * LineLength) + count] = (byte)'\r';
            encoded[(line * LineLength) + count + 1] = (byte)'\n';
        }

        return length + (lines * LineEnd);
    }
}
