using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Keywords as mail programs keep them about a message (RFC 3501, RFC 5788): one word each, other letters in modified UTF-7. In files of mail they stand
/// in <c>X-Keywords</c> (Dovecot, Courier, c-client) or <c>X-Mozilla-Keys</c> (Thunderbird). Here they are categories.
/// </summary>
internal static class MailKeywords
{
    private const string Forwarded = "$Forwarded";
    private const string MozillaLabels = "X-Mozilla-Status2";

    /// <summary>What programs keep for themselves; those with a dollar sign besides.</summary>
    private static readonly HashSet<string> s_ofPrograms = new(StringComparer.OrdinalIgnoreCase) { "Junk", "NonJunk", "NotJunk", "JunkRecorded" };

    private static readonly string[] s_fields = ["X-Keywords", "X-Mozilla-Keys"];

    /// <summary>Whether a header holds some.</summary>
    public static bool IsHeader(string field) => s_fields.Contains(field, StringComparer.OrdinalIgnoreCase);

    /// <summary>The keywords in headers.</summary>
    /// <param name="header">The value of a header, or null.</param>
    public static IEnumerable<string> Parse(Func<string, string?> header) =>
        s_fields.SelectMany(f => (header(f) ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Concat(OldLabel(header(MozillaLabels)));

    /// <summary>Before there were keywords, Thunderbird kept one of five labels in three bits.</summary>
    private static IEnumerable<string> OldLabel(string? status) =>
        int.TryParse(status?.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int bits) && ((bits >> 25) & 7) is > 0 and <= 5 and int label
            ? ["$label" + label.ToString(CultureInfo.InvariantCulture)] : [];

    /// <summary>Whether one of them says that the message was forwarded.</summary>
    public static bool IsForwarded(IEnumerable<string> keywords) => keywords.Contains(Forwarded, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds to the categories of an item what people chose.</summary>
    public static void AddTo(PropertyBag properties, IEnumerable<string> keywords, ThunderbirdTags tags) =>
        AddCategories(properties, keywords.Select(k => tags.NameOf(k) ?? (k.Length > 0 && k[0] != '$' && !s_ofPrograms.Contains(k) ? ModifiedUtf7.Decode(k) : "")));

    /// <summary>Adds categories to those of an item.</summary>
    public static void AddCategories(PropertyBag properties, IEnumerable<string> names)
    {
        IReadOnlyList<string> own = properties.GetStrings(PropertyNames.Keywords) ?? [];
        List<string> added = names.Where(n => n.Length > 0).Except(own, StringComparer.OrdinalIgnoreCase).ToList();
        if (added.Count > 0)
        {
            properties.Set(PropertyNames.Keywords, [.. own, .. added]);
        }
    }
}
