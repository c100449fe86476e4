using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A JSON document that is written as it comes: what the writer holds goes out after each value, and large values are encoded piece by piece. The library's writer takes
/// values as a whole alone; for a large one it writes an empty string, whose last quote this holds back until the value stands between the two.
/// </summary>
internal sealed class JsonTarget : IDisposable
{
    private const int PieceLength = 16 * 1024;

    /// <summary>Bytes the writer may hold.</summary>
    private const int MostPending = 64 * 1024;

    // The text goes into files, not into HTML: Japanese stays readable.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HeldStream _stream;

    public JsonTarget(Stream stream)
    {
        _stream = new HeldStream(stream);
        Writer = new Utf8JsonWriter(_stream, s_options);
    }

    /// <summary>Writes all that is small.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>Lets go of what is written, where it is much.</summary>
    public void Release()
    {
        if (Writer.BytesPending > MostPending)
        {
            Writer.Flush();
        }
    }

    /// <summary>Writes a text as the next value, lone surrogates as U+FFFD.</summary>
    /// <param name="utf16">The text in UTF-16LE.</param>
    public void WriteText(BinarySource utf16)
    {
        BeginValue();
        using StreamReader reader = new(utf16.OpenRead(), Encoding.Unicode, detectEncodingFromByteOrderMarks: false, PieceLength);
        Encoder utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
        char[] piece = new char[PieceLength];
        char[] escaped = new char[(PieceLength + 1) * s_options.Encoder!.MaxOutputCharactersPerInputCharacter];
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(escaped.Length)];
        bool isOver = false;
        for (int filled = 0; !isOver;)
        {
            int read = reader.Read(piece, filled, piece.Length - filled);
            filled += read;
            isOver = read == 0;
            s_options.Encoder.Encode(piece.AsSpan(0, filled), escaped, out int consumed, out int written, isFinalBlock: isOver);
            int length = utf8.GetBytes(escaped, 0, written, bytes, 0, flush: isOver);
            _stream.WriteBetween(bytes, length);
            filled -= consumed;
            Array.Copy(piece, consumed, piece, 0, filled);
        }
    }

    /// <summary>Writes bytes in base64 as the next value.</summary>
    public void WriteBase64(BinarySource content)
    {
        const int Group = 3;
        BeginValue();
        using Stream stream = content.OpenRead();
        byte[] bytes = new byte[PieceLength * Group];
        byte[] encoded = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        int filled;
        do
        {
            filled = stream.Fill(bytes);
            Base64.EncodeToUtf8(bytes.AsSpan(0, filled), encoded, out _, out int length);
            _stream.WriteBetween(encoded, length);
        }
        while (filled == bytes.Length);
    }

    public void Dispose()
    {
        Writer.Dispose();
        _stream.Release();
    }

    private void BeginValue()
    {
        Writer.WriteStringValue("");
        Writer.Flush();
    }

    /// <summary>Passes bytes on, all but the last one.</summary>
    private sealed class HeldStream(Stream stream) : SinkStream
    {
        private int _held = -1;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > 0)
            {
                Release();
                stream.Write(buffer, offset, count - 1);
                _held = buffer[offset + count - 1];
            }
        }

        /// <summary>Writes before the byte that is held.</summary>
        public void WriteBetween(byte[] buffer, int count) => stream.Write(buffer, 0, count);

        /// <summary>Writes the byte that is held.</summary>
        public void Release()
        {
            if (_held >= 0)
            {
                stream.WriteByte((byte)_held);
                _held = -1;
            }
        }
    }
}
