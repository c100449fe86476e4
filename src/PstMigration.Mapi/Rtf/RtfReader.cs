using System.Runtime.CompilerServices;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>The kinds of token in RTF.</summary>
internal enum RtfToken
{
    End,
    GroupStart,
    GroupEnd,

    /// <summary>A control word such as <c>\fs20</c>.</summary>
    Word,

    /// <summary>A control symbol such as <c>\~</c>; a line break after a backslash is given as LF.</summary>
    Symbol,

    /// <summary><c>\'hh</c>.</summary>
    Byte,

    /// <summary>A run of literal bytes without line breaks.</summary>
    Text,

    /// <summary>The bytes of <c>\binN</c>.</summary>
    Binary,
}

/// <summary>
/// Cuts RTF into tokens. Knows nothing of groups' meaning; never fails: what makes no sense is passed over.
/// </summary>
internal ref struct RtfReader
{
    private const int LongestWord = 64;
    private readonly ReadOnlySpan<byte> _rtf;
    private readonly RtfWords _words;
    private int _position;

    public RtfReader(ReadOnlySpan<byte> rtf, RtfWords words)
    {
        _rtf = rtf;
        _words = words;
    }

    /// <summary>The name of a word.</summary>
    public string Word { get; private set; } = "";

    /// <summary>The number behind a word, or null.</summary>
    public int? Parameter { get; private set; }

    /// <summary>The character of a symbol, or the value of a byte.</summary>
    public byte Value { get; private set; }

    /// <summary>The bytes of text or binary data.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public RtfToken Read()
    {
        while (_position < _rtf.Length)
        {
            byte b = _rtf[_position++];
            switch (b)
            {
                case (byte)'{':
                    return RtfToken.GroupStart;
                case (byte)'}':
                    return RtfToken.GroupEnd;
                case (byte)'\r' or (byte)'\n' or 0:
                    continue;
                case (byte)'\\':
                    return ReadControl();
                default:
                    return ReadText();
            }
        }

        return RtfToken.End;
    }

    [MethodImpl(Compiling.Optimized)]
    private RtfToken ReadText()
    {
        int start = _position - 1;
        while (_position < _rtf.Length && _rtf[_position] is not ((byte)'{' or (byte)'}' or (byte)'\\' or (byte)'\r' or (byte)'\n' or 0))
        {
            _position++;
        }

        Bytes = _rtf[start.._position];
        return RtfToken.Text;
    }

    private RtfToken ReadControl()
    {
        if (_position >= _rtf.Length)
        {
            return RtfToken.End;
        }

        byte first = _rtf[_position];
        if (IsLetter(first))
        {
            return ReadWord();
        }

        _position++;
        if (first == '\'')
        {
            return ReadByte();
        }

        if (first == '\r')
        {
            _position += _position < _rtf.Length && _rtf[_position] == '\n' ? 1 : 0;
            first = (byte)'\n';
        }

        Value = first;
        return RtfToken.Symbol;
    }

    private RtfToken ReadByte()
    {
        int high = _position < _rtf.Length ? HexValue(_rtf[_position]) : -1;
        int low = _position + 1 < _rtf.Length ? HexValue(_rtf[_position + 1]) : -1;
        if (high < 0)
        {
            return NoByte();
        }

        _position += low < 0 ? 1 : 2;
        Value = (byte)(low < 0 ? high : (high << 4) | low);
        return RtfToken.Byte;
    }

    /// <summary>An escape without digits says nothing: given as an empty run of text.</summary>
    private RtfToken NoByte()
    {
        Bytes = default;
        return RtfToken.Text;
    }

    private RtfToken ReadWord()
    {
        int start = _position;
        while (_position < _rtf.Length && IsLetter(_rtf[_position]))
        {
            _position++;
        }

        Word = _words.Get(_rtf[start..Math.Min(_position, start + LongestWord)]);
        Parameter = ReadParameter();
        if (_position < _rtf.Length && _rtf[_position] == ' ')
        {
            _position++;
        }

        if (Word != "bin")
        {
            return RtfToken.Word;
        }

        int length = Math.Min(Math.Max(Parameter ?? 0, 0), _rtf.Length - _position);
        Bytes = _rtf.Slice(_position, length);
        _position += length;
        return RtfToken.Binary;
    }

    private int? ReadParameter()
    {
        int at = _position;
        bool negative = at < _rtf.Length && _rtf[at] == '-';
        at += negative ? 1 : 0;
        long number = 0;
        int digits = at;
        for (; at < _rtf.Length && _rtf[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            number = Math.Min((number * 10) + (_rtf[at] - '0'), int.MaxValue);
        }

        if (at == digits)
        {
            return null;
        }

        _position = at;
        return (int)(negative ? -number : number);
    }

    private static bool IsLetter(byte b) => b is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z';

    internal static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
