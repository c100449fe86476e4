using System.Text;

namespace PstMigration.Mapi;

/// <summary>What a part of a line of addresses is (RFC 5322 3.2).</summary>
internal enum AddressTokenKind
{
    /// <summary>Letters, blanks, and brackets and quotes that do not end.</summary>
    Text,

    /// <summary>In quotes.</summary>
    Quoted,

    /// <summary>In parentheses.</summary>
    Comment,

    /// <summary>In angle brackets.</summary>
    Angle,

    /// <summary>A comma, a semicolon or a colon.</summary>
    Separator,
}

/// <summary>A part of a line of addresses.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Raw">As it stands.</param>
internal readonly record struct AddressToken(AddressTokenKind Kind, string Raw)
{
    /// <summary>Quotes and brackets that end later are letters like others.</summary>
    private const int LongestBracket = 1024;

    /// <summary>So many quotes and brackets without an end are looked for one in a line; those behind them are letters.</summary>
    private const int MostOpen = 50_000;

    /// <summary>Quotes and brackets taken off.</summary>
    public string Value => Kind switch
    {
        AddressTokenKind.Quoted or AddressTokenKind.Comment => Unescape(Raw.Substring(1, Raw.Length - 2)),
        AddressTokenKind.Angle => Raw.Substring(1, Raw.Length - (Raw[Raw.Length - 1] == '>' ? 2 : 1)).Trim(),
        _ => Raw,
    };

    /// <summary>Whether it has an at sign.</summary>
    public bool HasAt => Raw.IndexOf('@') >= 0;

    /// <summary>Takes a line apart.</summary>
    public static List<AddressToken> Scan(string text)
    {
        List<AddressToken> tokens = [];
        int start = 0;
        int open = 0;
        for (int i = 0; i < text.Length;)
        {
            (AddressTokenKind kind, int end) = text[i] switch
            {
                ',' or ';' or ':' => (AddressTokenKind.Separator, i + 1),
                _ when open > MostOpen => (AddressTokenKind.Text, 0),
                '"' => (AddressTokenKind.Quoted, EndOfQuotes(text, i)),
                '(' => (AddressTokenKind.Comment, EndOfComment(text, i)),
                '<' => (AddressTokenKind.Angle, EndOfAngle(text, i)),
                '=' => (AddressTokenKind.Text, EndOfEncodedWord(text, i)),
                _ => (AddressTokenKind.Text, 0),
            };
            if (end <= i)
            {
                open += kind is AddressTokenKind.Text && text[i] != '=' ? 0 : 1;
                i++;
                continue;
            }

            AddText(tokens, text, start, i);
            tokens.Add(new AddressToken(kind, text.Substring(i, end - i)));
            start = i = end;
        }

        AddText(tokens, text, start, text.Length);
        return tokens;
    }

    private static void AddText(List<AddressToken> tokens, string text, int start, int end)
    {
        if (end > start)
        {
            tokens.Add(new AddressToken(AddressTokenKind.Text, text.Substring(start, end - start)));
        }
    }

    // Each gives 0 where there is no end. Of many that do not end only the nearest letters are looked through, so that no line takes long.
    private static int EndOfQuotes(string text, int start)
    {
        int limit = Math.Min(text.Length, start + LongestBracket);
        for (int i = start + 1; i < limit; i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return 0;
    }

    /// <summary>An encoded word (RFC 2047) is one, whatever letters are in it.</summary>
    private static int EndOfEncodedWord(string text, int start)
    {
        const int Longest = 1000;
        int limit = Math.Min(text.Length, start + Longest);
        int charset = start + 1 < limit && text[start + 1] == '?' ? text.IndexOf('?', start + 2, limit - start - 2) : -1;
        int end = charset > 0 && charset + 3 < limit && text[charset + 2] == '?' ? text.IndexOf("?=", charset + 3, limit - charset - 3, StringComparison.Ordinal) : -1;
        return end < 0 ? 0 : end + 2;
    }

    private static int EndOfComment(string text, int start)
    {
        int limit = Math.Min(text.Length, start + LongestBracket);
        int depth = 0;
        for (int i = start; i < limit; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i + 1;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return 0;
    }

    /// <summary>One that is not closed ends where the address in it does.</summary>
    private static int EndOfAngle(string text, int start)
    {
        int limit = Math.Min(text.Length, start + LongestBracket);
        int separator = -1;
        bool hasAt = false;
        int i = start + 1;
        for (; i < limit && (text[i] != '<' || text[i - 1] == '<'); i++)
        {
            switch (text[i])
            {
                case '>':
                    // <<ben@example.com>>
                    return i + 1 < text.Length && text[i + 1] == '>' ? i + 2 : i + 1;
                case '"' when EndOfQuotes(text, i) is > 0 and int end:
                    i = end - 1;
                    break;
                case ',' or ';' when separator < 0:
                    separator = i;
                    break;
                case '@' when separator < 0:
                    hasAt = true;
                    break;
                default:
                    break;
            }
        }

        return hasAt ? separator > 0 ? separator : i : 0;
    }

    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return plain.ToString();
    }
}
