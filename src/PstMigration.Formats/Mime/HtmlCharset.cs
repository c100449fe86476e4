namespace PstMigration.Formats;

/// <summary>The charset an HTML document declares of itself.</summary>
internal static class HtmlCharset
{
    private const int CharactersToSearch = 8192;

    /// <summary>Makes an existing declaration say <paramref name="charset"/>; adds none, as the MIME header says it too.</summary>
    public static string Declare(string html, string charset)
    {
        int limit = Math.Min(html.Length, CharactersToSearch);
        for (int at = 0; at < limit && (at = html.IndexOf("<meta", at, limit - at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            int end = html.IndexOf('>', at);
            if (end < 0)
            {
                break;
            }

            int found = html.IndexOf("charset", at, end - at, StringComparison.OrdinalIgnoreCase);
            int start = found < 0 ? -1 : html.IndexOf('=', found, end - found) + 1;
            if (start > 0)
            {
                while (start < end && html[start] is ' ' or '"' or '\'')
                {
                    start++;
                }

                int stop = start;
                while (stop < end && (char.IsLetterOrDigit(html[stop]) || "-_:.".IndexOf(html[stop]) >= 0))
                {
                    stop++;
                }

                bool isDeclared = stop - start == charset.Length && string.Compare(html, start, charset, 0, charset.Length, StringComparison.OrdinalIgnoreCase) == 0;
                return isDeclared ? html : html.Substring(0, start) + charset + html.Substring(stop);
            }

            at = end;
        }

        return html;
    }
}
