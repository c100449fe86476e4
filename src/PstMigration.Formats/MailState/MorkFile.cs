using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A database of Mozilla's in Mork, as text: dictionaries <c>&lt;(82=text)&gt;</c>, one of which names columns; tables <c>{1:^80 …}</c> of rows <c>[1(^88=0)(^81^87)]</c>, whose cells
/// have a value or the number of one; and groups of changes behind these, in which later cells take the place of earlier ones. What it says of tables is passed over.
/// </summary>
internal sealed class MorkFile
{
    private const int DeepestTable = 4;

    private readonly string _text;
    private readonly Dictionary<string, string> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Scope, string Id), Dictionary<string, string>> _rows = [];
    private int _at;

    private MorkFile(byte[] bytes) => _text = CodePages.Get(CodePages.Latin1).GetString(bytes);

    /// <summary>Reads a database; null for what is none, or one with changes that were given up.</summary>
    public static MorkFile? Read(byte[] bytes)
    {
        MorkFile file = new(bytes);
        if (!file._text.StartsWith("// <!-- <mdb:mork:z", StringComparison.Ordinal) || file._text.IndexOf("}~abort~", StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        file.ReadItems("", '\0', 0);
        return file;
    }

    /// <summary>The rows of a scope that have cells, by the names of their columns.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Rows(string scope) => _rows.Where(r => r.Key.Scope == scope && r.Value.Count > 0).Select(r => r.Value);

    private void ReadItems(string scope, char end, int depth)
    {
        while (_at < _text.Length)
        {
            char c = _text[_at++];
            if (c == end)
            {
                return;
            }

            switch (c)
            {
                case '/' when _at < _text.Length && _text[_at] == '/':
                    _at = Behind('\n');
                    break;
                case '@':
                    // Where a group of changes begins or ends.
                    _at = Behind('@');
                    break;
                case '<':
                    ReadDictionary();
                    break;
                case '[':
                    ReadRow(scope);
                    break;
                case '{' when depth < DeepestTable:
                    (_, string? table) = ReadId();
                    ReadItems(table ?? scope, '}', depth + 1);
                    break;
                case '(':
                    ReadText(')');
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadDictionary()
    {
        Dictionary<string, string> atoms = _values;
        while (_at < _text.Length && _text[_at] != '>')
        {
            char c = _text[_at++];
            if (c == '<')
            {
                int begin = _at;
                _at = Behind('>');
                atoms = _text.IndexOf("(a=c)", begin, _at - begin, StringComparison.Ordinal) >= 0 ? _columns : _values;
            }
            else if (c == '(')
            {
                string id = ReadText('=').Trim();
                atoms[id] = ReadText(')');
            }
            else if (c == '/' && _at < _text.Length && _text[_at] == '/')
            {
                _at = Behind('\n');
            }
        }

        _at++;
    }

    private void ReadRow(string scope)
    {
        bool isCut = _at < _text.Length && _text[_at] == '-';
        _at += isCut ? 1 : 0;
        (string id, string? own) = ReadId();
        (string, string) key = (own ?? scope, id);
        if (isCut || !_rows.TryGetValue(key, out Dictionary<string, string>? cells))
        {
            _rows[key] = cells = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        while (_at < _text.Length && _text[_at] != ']')
        {
            if (_text[_at++] == '(')
            {
                string cell = ReadCell(out string value);
                cells[cell] = value;
            }
        }

        _at++;
    }

    /// <summary>A cell: <c>(^88=value)</c>, <c>(^88^number of a value)</c>, <c>(name=value)</c>.</summary>
    private string ReadCell(out string value)
    {
        bool isNumber = _at < _text.Length && _text[_at] == '^';
        int begin = _at += isNumber ? 1 : 0;
        while (_at < _text.Length && _text[_at] is not ('=' or '^' or ')'))
        {
            _at++;
        }

        string column = _text.Substring(begin, _at - begin);
        bool isReference = _at < _text.Length && _text[_at] == '^';
        _at += _at < _text.Length && _text[_at] != ')' ? 1 : 0;
        string text = ReadText(')');
        value = !isReference ? text : _values.TryGetValue(text, out string? known) ? known : "";
        return !isNumber ? column : _columns.TryGetValue(column, out string? name) ? name : "";
    }

    /// <summary>An id and what is behind its colon: the scope, or the number of its name.</summary>
    private (string Id, string? Scope) ReadId()
    {
        int begin = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is ':' or '^' or '-'))
        {
            _at++;
        }

        string[] parts = _text.Substring(begin, _at - begin).TrimStart('-').Split([':'], 2);
        string? scope = parts.Length < 2 ? null
            : parts[1].StartsWith("^", StringComparison.Ordinal) ? (_columns.TryGetValue(parts[1].Substring(1), out string? name) ? name : parts[1]) : parts[1];
        return (parts[0], scope);
    }

    /// <summary>Text up to a sign: a backslash before what stands for itself or before the end of a line, <c>$C3</c> for a byte.</summary>
    private string ReadText(char end)
    {
        List<byte> text = [];
        while (_at < _text.Length && _text[_at] != end)
        {
            char c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
            {
                char next = _text[_at++];
                _at += next == '\r' && _at < _text.Length && _text[_at] == '\n' ? 1 : 0;
                if (next is not ('\r' or '\n'))
                {
                    text.Add((byte)next);
                }
            }
            else if (c == '$' && _at + 2 <= _text.Length && byte.TryParse(_text.Substring(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                text.Add(value);
                _at += 2;
            }
            else
            {
                text.Add((byte)c);
            }
        }

        _at++;
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private int Behind(char sign) => _text.IndexOf(sign, _at) is >= 0 and int found ? found + 1 : _text.Length;
}
