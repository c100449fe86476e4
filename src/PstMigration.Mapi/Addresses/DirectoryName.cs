using System.Text.RegularExpressions;

namespace PstMigration.Mapi;

/// <summary>Addresses that are names in a directory: Exchange (X.500), X.400, Lotus Notes.</summary>
internal static class DirectoryName
{
    public const string Exchange = "EX";
    public const string X400 = "X400";
    public const string Notes = "NOTES";

    /// <summary>Longer texts are none.</summary>
    private const int Longest = 2000;

    private static readonly string[] s_types = [Exchange, X400, Notes, "X500", "FAX", "MSMAIL", "CCMAIL", "MS", "GWISE", "MOBILE"];

    /// <summary><c>/o=Org/ou=Site/cn=Recipients/cn=ben</c></summary>
    private static readonly Regex s_exchange = new(@"^\s*/o=[^/]*(/[a-z]+=[^/]*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary><c>c=us;a= ;p=Org;s=Foo;g=Ben</c> or <c>/G=Ben/S=Foo/P=Org/C=US</c></summary>
    private static readonly Regex s_x400 = new(
        @"^\s*/?(c|admd|a|prmd|p|o|ou\d?|s|g|cn|dda:[^=]*)=[^;/@]*([;/]\s*(c|admd|a|prmd|p|o|ou\d?|s|g|i|q|cn|dda:[^=]*)=[^;/@]*)+[;/]?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary><c>CN=Ben Foo/O=Org@Org</c>, or shortened <c>Ben Foo/Org@Org</c></summary>
    private static readonly Regex s_notes = new(
        @"^\s*(cn=[^/@<>""]+(/[^/@<>""]+)+|[^/@<>""=.,;]+ [^/@<>""=,;]+(/[^/@<>""]+)+)(@[^@<>"",;]+)*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The address type of a text; null where it is no such name.</summary>
    public static string? TypeOf(string text)
    {
        // All of these have a name and a value, or a path.
        if (text.Length > Longest || (text.IndexOf('/') < 0 && text.IndexOf(';') < 0))
        {
            return null;
        }

        return s_exchange.IsMatch(text) ? Exchange
            : s_notes.IsMatch(text) && text.TrimStart()[0] != '/' ? Notes
            : s_x400.IsMatch(text) ? X400
            : null;
    }

    /// <summary>Reads <c>TYPE:address</c>.</summary>
    public static bool TrySplit(string text, out string type, out string address)
    {
        int colon = text.IndexOf(':');
        string word = colon > 0 ? text.Substring(0, colon).Trim() : "";
        type = Array.Find(s_types, t => t.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? "";
        address = type.Length > 0 ? text.Substring(colon + 1).Trim() : "";
        return address.Length > 0;
    }
}
