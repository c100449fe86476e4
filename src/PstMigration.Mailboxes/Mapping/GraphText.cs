using System.Text;

namespace PstMigration.Mailboxes;

/// <summary>Text the service takes: no control characters but tab and line ends, no half surrogate pairs.</summary>
internal static class GraphText
{
    /// <summary>The text without what the service refuses; the same object where there is nothing of the kind.</summary>
    public static string Clean(string text)
    {
        int first = FirstBad(text, 0);
        if (first < 0)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        int from = 0;
        for (int bad = first; bad >= 0; bad = FirstBad(text, from))
        {
            clean.Append(text, from, bad - from);
            if (char.IsSurrogate(text[bad]))
            {
                clean.Append('\uFFFD');
            }

            from = bad + 1;
        }

        return clean.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>At most <paramref name="length"/> UTF-16 units, never half a surrogate pair.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static int FirstBad(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ')
            {
                if (c is not ('\t' or '\r' or '\n'))
                {
                    return i;
                }
            }
            else if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }
}
