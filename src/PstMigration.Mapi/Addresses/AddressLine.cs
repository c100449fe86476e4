using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Mapi;

/// <summary>
/// Reads a line of addresses (RFC 5322 3.4) as people and programs write it. Each address stands for itself: one that is not by the book costs
/// neither its own name nor its neighbours. Read are also lists with semicolons, names with commas, addresses glued to their names or in other brackets,
/// names without an address, and addresses of Exchange, X.400 and Lotus Notes.
/// </summary>
public static class AddressLine
{
    /// <summary>Parties of one line; those behind are left out.</summary>
    public const int MostParties = 20_000;

    /// <summary>Lists within brackets, and lines that were encoded as one word, are read this deep.</summary>
    private const int MaximumDepth = 2;

    private static readonly string[] s_schemes = ["mailto", "smtp", "sip"];

    /// <summary>Behind an address Chinese and Japanese punctuation divides; brackets of full width around one are brackets.</summary>
    private static readonly Regex s_wideDivider = new(@"(?<=>\s?|＞\s?|[@＠][A-Za-z0-9.\-]{1,255})[\u3001\uFF0C\uFF1B]", RegexOptions.CultureInvariant);
    private static readonly Regex s_wideBrackets = new("\uFF1C([^\uFF1C\uFF1E]{1,320})\uFF1E", RegexOptions.CultureInvariant);
    private static readonly Regex s_wideAt = new(@"(?<=[A-Za-z0-9._+\-])＠(?=[A-Za-z0-9])", RegexOptions.CultureInvariant);

    /// <summary>Outlook Express and Eudora repeat the address behind itself.</summary>
    private static readonly Regex s_repeated = new(@"\[(mailto|smtp):[^\[\]]{1,320}\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Blanks and line ends around the signs of an address (RFC 5322 4.4).</summary>
    private static readonly Regex s_inside = new(@"\s*([@.])\s*", RegexOptions.CultureInvariant);

    private static readonly (string Written, string Meant)[] s_entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

    /// <summary>Reads a line, unfolded.</summary>
    /// <param name="text">The line.</param>
    /// <param name="decode">Decodes a name or an address where it is encoded (RFC 2047); null for text that is not.</param>
    /// <returns>
    /// The parties in their order, names as they are shown. One whose type is empty has a name alone, or a text in place of an address that can be none.
    /// </returns>
    public static IReadOnlyList<ItemParty> Read(string text, Func<string, string>? decode = null)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        List<ItemParty> parties = [];
        Read(Plain(text), decode, parties, 0);
        return parties;
    }

    /// <summary>Tells the kind of one address by its form.</summary>
    /// <returns>Its type, empty where it is no address of any; and the address without a prefix that says its type.</returns>
    public static (string Type, string Address) Classify(string text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        string trimmed = text.Trim();
        return SmtpAddress.Parse(trimmed) is SmtpAddress smtp ? ("SMTP", smtp.ToString())
            : DirectoryName.TrySplit(trimmed, out string type, out string address) ? (type, address)
            : (DirectoryName.TypeOf(trimmed) ?? "", trimmed);
    }

    /// <summary>A line with the signs of a web page, and those of full width, as RFC 5322 has them.</summary>
    private static string Plain(string text)
    {
        string plain = text.IndexOf('&') < 0 || text.IndexOf(';') < 0 ? text : s_entities.Aggregate(text, (t, e) => t.Replace(e.Written, e.Meant));
        return plain.IndexOfAny(['\u3001', '\uFF0C', '\uFF1B', '\uFF1C', '\uFF20']) < 0 ? plain
            : s_wideAt.Replace(s_wideBrackets.Replace(s_wideDivider.Replace(plain, ","), "<$1>"), "@");
    }

    private static void Read(string text, Func<string, string>? decode, List<ItemParty> parties, int depth)
    {
        // X.400 has semicolons, Notes has slashes and blanks: a line that is such a name is no list.
        if (DirectoryName.TypeOf(text) is not null || DirectoryName.TrySplit(text, out _, out _))
        {
            (string type, string address) = Classify(text);
            parties.Add(new ItemParty("", null, type, address));
            return;
        }

        List<Piece> pieces = Split(AddressToken.Scan(text));
        for (int i = 0; i < pieces.Count && parties.Count < MostParties; i++)
        {
            List<AddressToken> piece = pieces[i].Tokens;

            for (int more = CommasInName(pieces, i, decode); more > 0; more--)
            {
                piece = [.. piece, new AddressToken(AddressTokenKind.Text, ","), .. pieces[++i].Tokens];
            }

            foreach (List<AddressToken> one in Cut(piece))
            {
                Interpret(one, decode, parties, depth);
            }
        }
    }

    private static List<Piece> Split(List<AddressToken> tokens)
    {
        List<Piece> pieces = [new Piece([], IsAfterComma: false)];
        int lastSemicolon = tokens.FindLastIndex(t => t.Kind == AddressTokenKind.Separator && t.Raw == ";");
        for (int i = 0; i < tokens.Count; i++)
        {
            Piece current = pieces[pieces.Count - 1];
            if (tokens[i].Kind != AddressTokenKind.Separator)
            {
                current.Tokens.Add(tokens[i]);
            }
            else if (tokens[i].Raw != ":")
            {
                pieces.Add(new Piece([], tokens[i].Raw == ","));
            }
            else if (i < lastSemicolon && IsGroupName(current.Tokens))
            {
                // The name of a group is no party; those in it are.
                current.Tokens.Clear();
            }
            else
            {
                current.Tokens.Add(new AddressToken(AddressTokenKind.Text, ":"));
            }
        }

        pieces.RemoveAll(p => p.Tokens.TrueForAll(t => t.Kind == AddressTokenKind.Text && string.IsNullOrWhiteSpace(t.Raw)));
        return pieces;
    }

    private static bool IsGroupName(List<AddressToken> tokens)
    {
        string text = string.Concat(tokens.Select(t => t.Raw)).Trim();
        return text.Length > 0 && !tokens.Exists(t => t.HasAt || t.Kind == AddressTokenKind.Angle)
            && !s_schemes.Contains(text, StringComparer.OrdinalIgnoreCase) && !DirectoryName.TrySplit(text + ":x", out _, out _);
    }

    /// <summary>How many commas behind a piece belong to its name: one in <c>Yamada, Taro &lt;taro@example.jp&gt;</c>.</summary>
    private static int CommasInName(List<Piece> pieces, int first, Func<string, string>? decode)
    {
        const int Most = 4;
        for (int i = first; i < pieces.Count - 1 && i < first + Most && IsHalfName(pieces[i].Tokens, decode) && pieces[i + 1].IsAfterComma; i++)
        {
            if (IsOtherHalf(pieces[i + 1].Tokens, decode))
            {
                return i + 1 - first;
            }
        }

        return 0;
    }

    /// <summary>Words of a name; of an encoded one nobody knows before it is decoded whether it holds addresses.</summary>
    private static bool IsHalfName(List<AddressToken> tokens, Func<string, string>? decode) =>
        tokens.TrueForAll(t => t.Kind is AddressTokenKind.Text or AddressTokenKind.Comment && !t.HasAt && Decode(t.Raw, decode) is var text && text.IndexOf('@') < 0 && text.IndexOf("=?", StringComparison.Ordinal) < 0);

    private static bool IsOtherHalf(List<AddressToken> tokens, Func<string, string>? decode)
    {
        int angle = tokens.FindIndex(IsAngleAddress);
        return angle > 0 && !string.IsNullOrWhiteSpace(tokens[0].Raw) && IsHalfName(tokens.GetRange(0, angle), decode);
    }

    /// <summary>Cuts where an address in angle brackets is followed by another one without a separator.</summary>
    private static IEnumerable<List<AddressToken>> Cut(List<AddressToken> tokens)
    {
        int start = 0;
        int last = tokens.FindLastIndex(IsAngleAddress);
        for (int i = 0; i < last; i++)
        {
            if (IsAngleAddress(tokens[i]))
            {
                yield return tokens.GetRange(start, i + 1 - start);
                start = i + 1;
            }
        }

        yield return tokens.GetRange(start, tokens.Count - start);
    }

    private static bool IsAngleAddress(AddressToken token) => token.Kind == AddressTokenKind.Angle && token.HasAt;

    private static void Interpret(List<AddressToken> tokens, Func<string, string>? decode, List<ItemParty> parties, int depth)
    {
        int angle = tokens.FindLastIndex(IsAngleAddress);
        angle = angle < 0 && !tokens.Exists(t => t.HasAt) ? tokens.FindLastIndex(t => t.Kind == AddressTokenKind.Angle) : angle;
        string comment = string.Join(" ", tokens.Where(t => t.Kind == AddressTokenKind.Comment).Select(t => t.Value)).Trim();
        List<AddressToken> rest = tokens.Where((t, i) => i != angle && t.Kind != AddressTokenKind.Comment).ToList();
        (string name, List<string> addresses) = angle >= 0 ? (NameOf(rest), [tokens[angle].Value]) : Tell(rest);
        addresses.RemoveAll(a => a.Length == 0);
        if (addresses.Count == 0 && SmtpAddress.Parse(comment) is not null)
        {
            (addresses, comment) = ([comment], "");
        }

        string shown = Decode(name.Length > 0 ? name : comment, decode);
        shown = angle >= 0 && shown.IndexOf('[') >= 0 ? s_repeated.Replace(shown, "").Trim() : shown;
        foreach (string address in addresses)
        {
            (string type, string known) = Classify(Decode(address, decode));
            if (type.Length == 0 && known.EndsWith(":;", StringComparison.Ordinal) && known.IndexOf('@') < 0)
            {
                // A group of nobody, which a program took for an address.
                continue;
            }

            if (type.Length == 0 && angle >= 0 && known.Length < 1000 && known.IndexOf('@') > 0 && SmtpAddress.Parse(s_inside.Replace(known, "$1")) is SmtpAddress spaced)
            {
                (type, known) = ("SMTP", spaced.ToString());
            }

            bool isList = type.Length == 0 && depth < MaximumDepth && known.IndexOf('@') > 0 && known.IndexOfAny([',', ';']) > 0;
            if (isList)
            {
                Read(known, decode: null, parties, depth + 1);
            }
            else
            {
                parties.Add(new ItemParty(shown, type == "SMTP" ? known : null, type, known));
            }
        }

        if (addresses.Count == 0 && shown.Length > 0)
        {
            // Some programs encode name and address as one, or put both into quotes.
            bool isEncodedLine = decode is not null && shown != name && shown.IndexOf('@') > 0;
            bool isQuotedLine = shown.IndexOf('<') is > 0 and int open && shown.IndexOf('@') > open && shown[shown.Length - 1] == '>';
            if (depth < MaximumDepth && (isEncodedLine || isQuotedLine))
            {
                Read(shown, decode: null, parties, depth + 1);
            }
            else
            {
                parties.Add(new ItemParty(shown, null, "", ""));
            }
        }
    }

    /// <summary>Name and addresses where there are no angle brackets: <c>Ben [ben@x]</c>, <c>ben@x Ben</c>, <c>a@x b@x</c>.</summary>
    private static (string Name, List<string> Addresses) Tell(List<AddressToken> tokens)
    {
        string text = string.Concat(tokens.Select(t => t.Raw)).Trim();
        if (DirectoryName.TypeOf(text) is not null || SmtpAddress.Parse(text) is not null || DirectoryName.TrySplit(text, out _, out _))
        {
            return ("", [text]);
        }

        List<string> words = Words(tokens);
        ILookup<bool, string> told = words.ToLookup(w => SmtpAddress.Parse(w) is not null);
        return told.Contains(true) ? (NameOf(AddressToken.Scan(string.Join(" ", told[false]))), [.. told[true]])
            : text.IndexOf('@') >= 0 && text.IndexOf("=?", StringComparison.Ordinal) < 0 && !tokens.Exists(t => t.Kind == AddressTokenKind.Quoted) ? ("", [text])
            : (NameOf(tokens), []);
    }

    private static string NameOf(List<AddressToken> tokens)
    {
        List<AddressToken> said = tokens.FindAll(t => t.Kind != AddressTokenKind.Text || !string.IsNullOrWhiteSpace(t.Raw));
        return said.Count == 1 ? said[0].Value.Trim() : string.Concat(tokens.Select(t => t.Kind == AddressTokenKind.Angle ? t.Raw : t.Value)).Trim();
    }

    /// <summary>Words between blanks; a part in quotes is one with what it touches.</summary>
    private static List<string> Words(List<AddressToken> tokens)
    {
        List<string> words = [];
        StringBuilder word = new();
        foreach (AddressToken token in tokens)
        {
            foreach (char c in token.Raw)
            {
                if (char.IsWhiteSpace(c) && token.Kind != AddressTokenKind.Quoted)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
                else
                {
                    word.Append(c);
                }
            }
        }

        words.Add(word.ToString());
        words.RemoveAll(w => w.Length == 0);
        return words;
    }

    private static string Decode(string text, Func<string, string>? decode) =>
        (decode is null || text.IndexOf("=?", StringComparison.Ordinal) < 0 ? text : decode(text)).Trim();

    private readonly record struct Piece(List<AddressToken> Tokens, bool IsAfterComma);
}
