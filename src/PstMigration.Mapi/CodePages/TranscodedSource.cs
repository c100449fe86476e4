using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Text in another encoding than it is stored in, changed while it is read: text of any size needs no memory. Its length is unknown until it was read. A byte order mark at
/// its begin is left out.
/// </summary>
/// <param name="stored">The text as it is stored.</param>
/// <param name="from">How it is stored.</param>
/// <param name="to">How it is given.</param>
/// <param name="endsLinesInCrlf">Whether all lines are to end in CRLF, whatever they end in.</param>
public sealed class TranscodedSource(BinarySource stored, Encoding from, Encoding to, bool endsLinesInCrlf = false) : BinarySource
{
    /// <inheritdoc/>
    public override long? Length => null;

    /// <inheritdoc/>
    public override Stream OpenRead() => new TranscodingStream(stored.OpenRead(), from, to, endsLinesInCrlf);

    private sealed class TranscodingStream(Stream source, Encoding from, Encoding to, bool endsLinesInCrlf) : ForwardStream(source)
    {
        private const int InputSize = 64 * 1024;
        private const char Mark = '\uFEFF';

        private readonly Decoder _decoder = from.GetDecoder();
        private readonly Encoder _encoder = to.GetEncoder();
        private readonly byte[] _input = new byte[InputSize];
        private char[] _chars = new char[InputSize];
        private char[] _mended = [];
        private byte[] _output = [];
        private int _filled;
        private int _start;
        private int _end;
        private bool _isBegun;
        private bool _isOver;
        private bool _endsInReturn;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_start == _end)
            {
                if (_isOver || count == 0)
                {
                    return 0;
                }

                Fill();
            }

            int taken = Math.Min(count, _end - _start);
            Array.Copy(_output, _start, buffer, offset, taken);
            _start += taken;
            return taken;
        }

        private void Fill()
        {
            int read = Source.Read(_input, _filled, _input.Length - _filled);
            _isOver = read == 0;
            _filled += read;

            // Whole lines as far as there are any: not every encoding keeps half a character until the next call.
            int whole = Array.LastIndexOf(_input, (byte)'\n', Math.Max(_filled - 1, 0), _filled) + 1;
            int taken = _isOver || (whole == 0 && _filled == _input.Length) ? _filled : whole;
            Grow(ref _chars, from.GetMaxCharCount(taken + 4));
            int count = _decoder.GetChars(_input, 0, taken, _chars, 0, _isOver);
            _filled -= taken;
            Array.Copy(_input, taken, _input, 0, _filled);
            int skipped = !_isBegun && count > 0 && _chars[0] == Mark ? 1 : 0;
            _isBegun |= count > 0;
            char[] chars = _chars;
            if (endsLinesInCrlf)
            {
                count = Mend(_chars.AsSpan(skipped, count - skipped));
                skipped = 0;
                chars = _mended;
            }

            Grow(ref _output, to.GetMaxByteCount(count + 2));
            _start = 0;
            _end = _encoder.GetBytes(chars, skipped, count - skipped, _output, 0, _isOver);
        }

        private int Mend(ReadOnlySpan<char> text)
        {
            Grow(ref _mended, text.Length * 2);
            int count = 0;
            foreach (char c in text)
            {
                bool isSecond = c == '\n' && _endsInReturn;
                _endsInReturn = c == '\r';
                if (isSecond)
                {
                    continue;
                }

                if (c is '\r' or '\n')
                {
                    _mended[count++] = '\r';
                    _mended[count++] = '\n';
                }
                else
                {
                    _mended[count++] = c;
                }
            }

            return count;
        }

        private static void Grow<T>(ref T[] buffer, int size)
        {
            if (buffer.Length < size)
            {
                buffer = new T[size];
            }
        }
    }
}
