using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// An address of Internet mail (RFC 5321 4.1.2, RFC 5322 3.4.1). Phone companies and old programs gave out addresses whose local part is not by the
/// book (<c>aki..x.@docomo.example</c>): they are addresses all the same, and in a header their local part is quoted.
/// </summary>
public readonly record struct SmtpAddress
{
    private const string SpecialAtoms = "!#$%&'*+-/=?^_`{|}~";
    private const int Longest = 1000;
    private const int LongestDomain = 255;

    private static readonly string[] s_schemes = ["mailto:", "smtp:"];

    /// <summary>Marks without width, of direction and of byte order, that come along when an address is copied from a page or a window.</summary>
    private static readonly char[] s_invisible = [.. "\u00AD\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF"];

    private SmtpAddress(string local, string domain)
    {
        Local = local;
        Domain = domain;
    }

    /// <summary>What stands before the at sign, without quotes.</summary>
    public string Local { get; }

    /// <summary>What stands behind it: a host name or an address in brackets.</summary>
    public string Domain { get; }

    /// <summary>The address as RFC 5322 has it: a local part that is no dot-atom is quoted.</summary>
    public string AddrSpec => (IsDotAtom(Local) ? Local : Quote(Local)) + "@" + Domain;

    /// <summary>
    /// Reads one address, also one in brackets or quotes and one with <c>mailto:</c> or <c>smtp:</c> in front. Null for what cannot be one: a text without
    /// local part or domain, with blanks or controls, with two at signs and a separator, or with a domain that no name server takes.
    /// </summary>
    public static SmtpAddress? Parse(string? text)
    {
        if (text is not null && SimpleAt(text) is > 0 and int sign)
        {
            return new SmtpAddress(text.Substring(0, sign), text.Substring(sign + 1));
        }

        string address = Bare(text ?? "");
        int at = address.Length <= Longest ? address.LastIndexOf('@') : -1;
        if (at <= 0)
        {
            return null;
        }

        string? local = ReadLocal(address.Substring(0, at));
        string domain = address.Substring(at + 1).TrimEnd('.');
        return local is not null && IsDomain(domain) ? new SmtpAddress(local, domain) : null;
    }

    /// <summary>The address as people write it and Outlook stores it: quoted only where it could not be read without.</summary>
    public override string ToString() => IsPlain(Local) ? Local + "@" + Domain : AddrSpec;

    /// <summary>Where the at sign is in what nearly all addresses are, for which nothing is to be looked up: letters, digits, and single dots and hyphens between them; negative in others.</summary>
    private static int SimpleAt(string text)
    {
        int at = -1;
        bool isInside = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                isInside = true;
            }
            else if (isInside && (c is '.' or '-' || (c == '@' && at < 0)))
            {
                at = c == '@' ? i : at;
                isInside = false;
            }
            else
            {
                return -1;
            }
        }

        return isInside && text.Length <= LongestDomain ? at : -1;
    }

    private static string Bare(string text)
    {
        string address = text.IndexOfAny(s_invisible) < 0 ? text.Trim() : string.Concat(text.Where(c => Array.IndexOf(s_invisible, c) < 0)).Trim();
        for (string last = ""; last != address;)
        {
            last = address;
            address = Inside(Inside(Inside(address, '<', '>'), '\'', '\''), '[', ']').Trim().TrimStart('<').TrimEnd('>');
            address = address.IndexOf('@') > 0 && address.LastIndexOf('"') > address.IndexOf('@') ? Inside(address, '"', '"').Trim() : address;

            // A route of old (RFC 5322 4.4): <@relay.example:ben@example.com>
            address = address.Length > 0 && address[0] == '@' ? address.Substring(address.IndexOf(':') + 1) : address;
            foreach (string scheme in s_schemes.Where(s => address.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            {
                // A link may say more than an address (RFC 6068): mailto:ben@example.com?subject=x
                int query = address.IndexOf('?', Math.Max(address.IndexOf('@'), 0));
                address = (query > scheme.Length ? address.Substring(scheme.Length, query - scheme.Length) : address.Substring(scheme.Length)).Trim();
            }
        }

        return address;
    }

    private static string Inside(string text, char open, char close) =>
        text.Length > 2 && text[0] == open && text[text.Length - 1] == close ? text.Substring(1, text.Length - 2) : text;

    private static string? ReadLocal(string text)
    {
        bool isQuoted = text.Length > 2 && text[0] == '"' && text[text.Length - 1] == '"';
        StringBuilder local = new(text.Length);
        for (int i = isQuoted ? 1 : 0; i < text.Length - (isQuoted ? 1 : 0); i++)
        {
            char c = isQuoted && text[i] == '\\' && i < text.Length - 2 ? text[++i] : text[i];
            if (char.IsControl(c) || char.IsSurrogate(c) || (!isQuoted && (char.IsWhiteSpace(c) || c is '<' or '>')))
            {
                return null;
            }

            local.Append(c);
        }

        // Two at signs and a separator between them are a list.
        bool isList = !isQuoted && text.IndexOf('@') >= 0 && text.IndexOfAny([',', ';']) >= 0;
        bool isName = !isQuoted && DirectoryName.TypeOf(text) is DirectoryName.Notes or DirectoryName.Exchange;
        return local.Length == 0 || isList || isName ? null : local.ToString();
    }

    private static bool IsDomain(string domain)
    {
        if (domain.Length > 2 && domain[0] == '[' && domain[domain.Length - 1] == ']')
        {
            return domain.IndexOf('[', 1) < 0 && domain.IndexOf(']') == domain.Length - 1 && Array.TrueForAll(domain.ToCharArray(), c => c is > ' ' and < '\u007F' and not '\\');
        }

        bool isLabel = false;
        foreach (char c in domain)
        {
            bool isDot = c == '.';
            if (isDot ? !isLabel : !IsOfLabel(c))
            {
                return false;
            }

            isLabel = !isDot;
        }

        return isLabel && domain.Length <= LongestDomain;
    }

    // Of international names (RFC 5890) too; programs take an underscore for granted.
    private static bool IsOfLabel(char c) => char.IsLetterOrDigit(c) || c is '-' or '_'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsAtom(char c) => char.IsLetterOrDigit(c) || SpecialAtoms.IndexOf(c) >= 0 || c > '\u007F';

    private static bool IsPlain(string local)
    {
        foreach (char c in local)
        {
            if (c != '.' && !IsAtom(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDotAtom(string local) =>
        IsPlain(local) && local[0] != '.' && local[local.Length - 1] != '.' && local.IndexOf("..", StringComparison.Ordinal) < 0;

    private static string Quote(string local) => "\"" + local.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
