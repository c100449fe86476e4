using System.Diagnostics.CodeAnalysis;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Registry;

/// <summary>
/// Reads what is wanted out of an exported registry file (<c>.reg</c>), in one pass and in bounded memory whatever the file's size.
/// </summary>
/// <remarks>
/// A value that is not wanted is passed over character by character: neither its text nor its bytes are ever put together. That is
/// how passwords in an export stay unread. A damaged line costs that line and is a problem that is told; a bound that is exceeded
/// ends the reading.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A key in memory holds nothing that must be freed.")]
internal sealed class RegistryFileReader
{
    private readonly CharReader _text;
    private readonly string _path;
    private readonly IRegistryFilter _filter;
    private readonly RegistryTree _root = new("");
    private readonly List<MailDataException> _problems = [];
    private RegistryTree? _key;
    private string _keyPath = "";
    private int _keys;
    private long _total;

    private RegistryFileReader(CharReader text, string path, IRegistryFilter filter)
    {
        _text = text;
        _path = path;
        _filter = filter;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file; seekable.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="filter">Says what is wanted.</param>
    /// <param name="codePage">The code page of an ANSI file, or null.</param>
    /// <param name="problems">What was damaged and left out.</param>
    /// <returns>A key without name over the hives.</returns>
    /// <exception cref="AccountsException">RegistryFileNotRecognized, RegistryFileDamaged (more damage than is told), RegistryFileLimitExceeded.</exception>
    public static RegistryTree Read(Stream stream, string path, IRegistryFilter filter, int? codePage, out IReadOnlyList<MailDataException> problems)
    {
        using StreamReader decoded = RegistryFileText.Open(stream, codePage);
        using CharReader text = new(decoded);
        RegistryFileReader reader = new(text, path, filter);
        reader.ReadHeader();
        reader.ReadLines();
        problems = reader._problems;
        return reader._root;
    }

    private void ReadHeader()
    {
        StringBuilder line = new();
        while (_text.Peek() is not (CharReader.End or '\r' or '\n') && line.Length < 64)
        {
            line.Append((char)_text.Read());
        }

        string header = line.ToString().Trim();
        if (header != "REGEDIT4" && !header.StartsWith("Windows Registry Editor Version", StringComparison.Ordinal))
        {
            throw AccountsException.RegistryFileNotRecognized(_path);
        }

        _text.SkipLine();
    }

    private void ReadLines()
    {
        while (true)
        {
            _text.SkipBlanks();
            switch (_text.Peek())
            {
                case CharReader.End:
                    return;
                case '\r' or '\n':
                    _text.Read();
                    break;
                case ';':
                    _text.SkipLine();
                    break;
                case '[':
                    ReadKey();
                    break;
                case '"' or '@':
                    ReadValue();
                    break;
                default:
                    Damaged(Strings.RegistryLineUnknown);
                    _text.SkipLine();
                    break;
            }
        }
    }

    private void ReadKey()
    {
        _text.Read();
        _key = null;
        StringBuilder line = new();
        while (_text.Peek() is not (CharReader.End or '\r' or '\n'))
        {
            if (line.Length == RegistryFileLimits.KeyPath)
            {
                Damaged(Strings.RegistryKeyTooLong);
                _text.SkipLine();
                return;
            }

            line.Append((char)_text.Read());
        }

        string path = line.ToString().TrimEnd();
        if (!path.EndsWith("]", StringComparison.Ordinal))
        {
            Damaged(Strings.RegistryKeyUnclosed);
            return;
        }

        path = path.Substring(0, path.Length - 1);
        if (path.StartsWith("-", StringComparison.Ordinal))
        {
            _root.Remove(path.Substring(1));
        }
        else if (_filter.WantsKey(path))
        {
            if (++_keys > RegistryFileLimits.Keys)
            {
                throw LimitExceeded(Strings.RegistryTooManyKeys);
            }

            _keyPath = path;
            _key = _root.Add(path);
        }
    }

    private void ReadValue()
    {
        string? name = "";
        if (_text.Read() == '"')
        {
            _ = ReadQuoted(RegistryFileLimits.ValueName, out name);
        }

        _text.SkipBlanks();
        if (_text.Peek() != '=')
        {
            Damaged(Strings.RegistryLineUnknown);
            _text.SkipLine();
            return;
        }

        _text.Read();
        _text.SkipBlanks();
        bool wanted = _key is not null && name is not null && _filter.WantsValue(_keyPath, name);
        switch (_text.Peek())
        {
            case '"':
                ReadText(wanted ? name : null);
                break;
            case 'd':
                ReadNumber(wanted ? name : null);
                break;
            case 'h':
                ReadHex(wanted ? name : null);
                break;
            case '-':
                _text.SkipLine();
                break;
            default:
                Damaged(Strings.RegistryValueUnknown);
                _text.SkipLine();
                break;
        }
    }

    private void ReadText(string? name)
    {
        long line = _text.Line;
        _text.Read();
        if (ReadQuoted(name is null ? 0 : RegistryFileLimits.Value, out string? value) && name is not null)
        {
            if (value is null)
            {
                Damaged(Strings.RegistryValueTooLong, line);
            }
            else
            {
                Keep(name, RegistryData.OfText(value), value.Length * 2L);
            }
        }

        _text.SkipLine();
    }

    /// <summary>Takes the text up to the closing quote, which may be lines away; the text is null if longer than the limit.</summary>
    private bool ReadQuoted(int limit, out string? text)
    {
        long line = _text.Line;
        StringBuilder? kept = limit == 0 ? null : new StringBuilder();
        while (true)
        {
            int c = _text.Read();
            if (c == '\\')
            {
                c = _text.Read();
            }
            else if (c == '"')
            {
                text = kept?.ToString();
                return true;
            }

            if (c == CharReader.End)
            {
                Damaged(Strings.RegistryTextUnclosed, line);
                text = null;
                return false;
            }

            if (kept?.Length == limit)
            {
                kept = null;
            }

            kept?.Append((char)c);
        }
    }

    private void ReadNumber(string? name)
    {
        // dword:0000006e
        const string Prefix = "dword:";
        uint number = 0;
        int digits = 0;
        bool valid = true;
        foreach (char expected in Prefix)
        {
            valid &= _text.Peek() == expected;
            if (_text.Peek() is not ('\r' or '\n' or CharReader.End))
            {
                _text.Read();
            }
        }

        while (valid && HexDigit(_text.Peek()) is int digit and >= 0 && digits <= 8)
        {
            number = (number << 4) | (uint)digit;
            digits++;
            _text.Read();
        }

        if (!valid || digits is 0 or > 8)
        {
            Damaged(Strings.RegistryValueUnknown);
        }
        else if (name is not null)
        {
            Keep(name, RegistryData.OfNumber(number), 4);
        }

        _text.SkipLine();
    }

    private void ReadHex(string? name)
    {
        // hex:01,02 or hex(7):01,02, with a backslash at the end of lines that go on.
        long line = _text.Line;
        int type = (int)RegistryValueType.Binary;
        bool opened = false;
        while (_text.Peek() is not (':' or '\r' or '\n' or CharReader.End))
        {
            int c = _text.Read();
            if (c == '(')
            {
                opened = true;
                type = 0;
            }
            else if (opened && HexDigit(c) is int digit and >= 0)
            {
                type = ((type << 4) | digit) & 0xFFFF;
            }
        }

        if (_text.Peek() != ':')
        {
            Damaged(Strings.RegistryValueUnknown);
            return;
        }

        _text.Read();
        MemoryStream? bytes = name is null ? null : new MemoryStream();
        bool sound = ReadHexBytes(ref bytes, line);
        if (name is not null && bytes is not null && sound)
        {
            Keep(name, RegistryData.OfBytes((RegistryValueType)type, bytes.ToArray()), bytes.Length);
        }
    }

    private bool ReadHexBytes(ref MemoryStream? bytes, long line)
    {
        int high = -1;
        while (true)
        {
            int c = _text.Read();
            int digit = bytes is null ? -1 : HexDigit(c);
            if (digit >= 0)
            {
                if (high < 0)
                {
                    high = digit;
                }
                else if (bytes!.Length == RegistryFileLimits.Value)
                {
                    Damaged(Strings.RegistryValueTooLong, line);
                    bytes = null;
                }
                else
                {
                    bytes.WriteByte((byte)((high << 4) | digit));
                    high = -1;
                }

                continue;
            }

            switch (c)
            {
                case ',' or ' ' or '\t' or '\r':
                    break;
                case '\\':
                    _text.SkipLine();
                    break;
                case '\n' or CharReader.End:
                    if (high >= 0)
                    {
                        Damaged(Strings.RegistryValueUnknown, line);
                    }

                    return high < 0;
                default:
                    if (bytes is not null)
                    {
                        Damaged(Strings.RegistryValueUnknown, line);
                        bytes = null;
                        high = -1;
                    }

                    break;
            }
        }
    }

    private void Keep(string name, RegistryData value, long size)
    {
        _total += size + (name.Length * 2L);
        if (_total > RegistryFileLimits.Total)
        {
            throw LimitExceeded(Strings.RegistryTooMuchData);
        }

        _key!.Set(name, value);
    }

    private void Damaged(string what) => Damaged(what, _text.Line);

    private void Damaged(string what, long line)
    {
        AccountsException problem = AccountsException.RegistryFileDamaged(_path, line, what);
        if (_problems.Count == RegistryFileLimits.Problems)
        {
            throw problem;
        }

        _problems.Add(problem);
    }

    private AccountsException LimitExceeded(string what) => AccountsException.RegistryFileLimitExceeded(_path, _text.Line, what);

    private static int HexDigit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
