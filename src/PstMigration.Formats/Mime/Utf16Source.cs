using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A text in UTF-16, as the redirection of Windows PowerShell writes files, in UTF-8.</summary>
internal sealed class Utf16Source : BinarySource
{
    private readonly BinarySource _stored;
    private readonly Encoding _encoding;
    private readonly int _mark;
    private long? _length;

    private Utf16Source(BinarySource stored, Encoding encoding, int mark)
    {
        _stored = stored;
        _encoding = encoding;
        _mark = mark;
    }

    public override long? Length => _length;

    public override long Measure(CancellationToken cancellationToken = default) => _length ??= base.Measure(cancellationToken);

    /// <summary>The text in UTF-8; null where it is no UTF-16.</summary>
    /// <param name="stored">The bytes.</param>
    /// <param name="head">The first of them.</param>
    public static Utf16Source? Of(BinarySource stored, byte[] head)
    {
        int mark = CharsetDetector.FromByteOrderMark(head, out int length) is Encoding marked && marked.CodePage != CodePages.Utf8 ? length : 0;
        if (head.Length < mark + 8)
        {
            return null;
        }

        // A header is ASCII: every second byte is a zero.
        bool isLittle = IsZero(head, mark + 1) && (mark > 0 || IsAscii(head, 0));
        bool isBig = IsZero(head, mark) && (mark > 0 || IsAscii(head, 1));
        return isLittle || isBig ? new Utf16Source(stored, isLittle ? Encoding.Unicode : Encoding.BigEndianUnicode, mark) : null;
    }

    public override Stream OpenRead()
    {
        Stream stream = _stored.OpenRead();
        for (int i = 0; i < _mark; i++)
        {
            stream.ReadByte();
        }

        return new Utf8Stream(stream, _encoding);
    }

    private static bool IsAscii(byte[] head, int first) => head[first] is > 0x20 and < 0x7F && head[first + 2] is >= 0x20 and < 0x7F && head[first + 4] is >= 0x20 and < 0x7F;

    private static bool IsZero(byte[] head, int first) => head[first] == 0 && head[first + 2] == 0 && head[first + 4] == 0 && head[first + 6] == 0;

    private sealed class Utf8Stream(Stream stored, Encoding encoding) : ForwardStream(stored)
    {
        private readonly Decoder _decoder = encoding.GetDecoder();
        private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
        private readonly byte[] _stored = new byte[16 * 1024];
        private readonly char[] _chars = new char[(16 * 1024) + 2];
        private byte[] _bytes = [];
        private int _start;
        private bool _isOver;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_start == _bytes.Length && !_isOver)
            {
                int read = Source.Read(_stored, 0, _stored.Length);
                _isOver = read <= 0;
                int chars = _decoder.GetChars(_stored, 0, Math.Max(read, 0), _chars, 0, flush: _isOver);
                byte[] encoded = new byte[_encoder.GetByteCount(_chars, 0, chars, flush: _isOver)];
                _encoder.GetBytes(_chars, 0, chars, encoded, 0, flush: _isOver);
                _bytes = encoded;
                _start = 0;
            }

            int taken = Math.Min(count, _bytes.Length - _start);
            Buffer.BlockCopy(_bytes, _start, buffer, offset, taken);
            _start += taken;
            return taken;
        }
    }
}
