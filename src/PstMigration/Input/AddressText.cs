namespace PstMigration;

/// <summary>Whether text is an e-mail address or a domain, as people write them. Says nothing about whether it exists.</summary>
internal static class AddressText
{
    /// <summary>Something, one @, and a domain. More of them stand in quotes only (RFC 5321 4.1.2).</summary>
    internal static bool IsAddress(string text)
    {
        int at = text.LastIndexOf('@');
        bool isQuoted = at > 2 && text[0] == '"' && text[at - 1] == '"';
        return at > 0 && (isQuoted || text.IndexOf('@') == at) && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && IsDomain(text.Substring(at + 1));
    }

    /// <summary>Labels with dots between; at least two.</summary>
    internal static bool IsDomain(string text)
    {
        string[] labels = text.Split('.', '\u3002', '\uFF0E');
        return labels.Length >= 2 && labels.All(l => l.Length > 0 && l.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
    }
}
