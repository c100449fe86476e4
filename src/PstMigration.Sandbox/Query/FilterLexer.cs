using System.Globalization;
using System.Text;

namespace PstMigration.Sandbox;

/// <summary>Cuts a <c>$filter</c> into words, literals and marks.</summary>
internal sealed class FilterLexer
{
    private readonly string _text;
    private int _next;

    public FilterLexer(string text)
    {
        _text = text;
        Advance();
    }

    private enum Kind
    {
        End,
        Word,
        Text,
        Literal,
        Mark,
    }

    private Kind Type { get; set; }

    private string Token { get; set; } = "";

    /// <summary>Takes a word if it comes next; words of the language are in lower case.</summary>
    public bool TryWord(string word) => Take(Type == Kind.Word && Token == word);

    /// <summary>Takes a mark such as a bracket if it comes next.</summary>
    public bool TryMark(char mark) => Take(Type == Kind.Mark && Token[0] == mark);

    public void ExpectWord(string word) => Require(TryWord(word), word);

    public void ExpectMark(char mark) => Require(TryMark(mark), mark.ToString());

    public void ExpectEnd() => Require(Type == Kind.End, "the end");

    /// <summary>Takes a name, path separators included.</summary>
    public string ExpectName()
    {
        string name = Token;
        Require(Take(Type == Kind.Word), "a name");
        return name;
    }

    /// <summary>Takes a quoted string.</summary>
    public string ExpectText()
    {
        string text = Token;
        Require(Take(Type == Kind.Text), "a quoted string");
        return text;
    }

    /// <summary>Takes a literal: quoted or not, a number, a time, true, false or null.</summary>
    public (string Text, bool IsQuoted) ExpectLiteral()
    {
        (string, bool) literal = (Token, Type == Kind.Text);
        Require(Take(Type is Kind.Text or Kind.Literal or Kind.Word), "a value");
        return literal;
    }

    /// <summary>The error for what comes next.</summary>
    public GraphException Error(string expected) => GraphException.BadRequest(
        "RequestBroker--ParseUri",
        string.Format(CultureInfo.InvariantCulture, "Invalid filter clause: {0} expected before position {1} in '{2}'.", expected, _next, _text));

    private void Require(bool found, string expected)
    {
        if (!found)
        {
            throw Error(expected);
        }
    }

    private bool Take(bool found)
    {
        if (found)
        {
            Advance();
        }

        return found;
    }

    private void Advance()
    {
        while (_next < _text.Length && char.IsWhiteSpace(_text[_next]))
        {
            _next++;
        }

        if (_next == _text.Length)
        {
            (Type, Token) = (Kind.End, "");
            return;
        }

        char first = _text[_next];
        if (first == '\'')
        {
            (Type, Token) = (Kind.Text, ReadQuoted());
        }
        else if (char.IsLetter(first) || first == '_')
        {
            (Type, Token) = (Kind.Word, ReadWhile(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '/'));
        }
        else if (char.IsDigit(first) || first == '-')
        {
            (Type, Token) = (Kind.Literal, ReadWhile(c => char.IsLetterOrDigit(c) || c is '-' or ':' or '.' or '+'));
        }
        else
        {
            (Type, Token) = (Kind.Mark, first.ToString());
            _next++;
        }
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _next;
        while (_next < _text.Length && belongs(_text[_next]))
        {
            _next++;
        }

        return _text.Substring(start, _next - start);
    }

    private string ReadQuoted()
    {
        StringBuilder text = new();
        for (_next++; _next < _text.Length; _next++)
        {
            if (_text[_next] != '\'')
            {
                text.Append(_text[_next]);
            }
            else if (_next + 1 < _text.Length && _text[_next + 1] == '\'')
            {
                text.Append('\'');
                _next++;
            }
            else
            {
                _next++;
                return text.ToString();
            }
        }

        throw GraphException.Query($"Invalid filter clause: there is an unterminated string literal in '{_text}'.");
    }
}
