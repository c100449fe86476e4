using System.Runtime.CompilerServices;
using System.Text;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// Text reduced to what stays the same whichever way a mail is stored: programs set blanks, line ends, bullets and the
/// addresses of links differently when they turn HTML into text and back.
/// </summary>
internal static class ContentText
{
    /// <summary>Writes the item's text, from its HTML where it has any; a body too large to be decoded as a whole as it is stored.</summary>
    /// <returns>The bytes it takes in UTF-16; of one that is too large, as it is stored.</returns>
    public static long Write(DigestWriter writer, MapiItem item)
    {
        ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = false });
        if ((body.LargeHtml ?? body.LargeText) is BinarySource large)
        {
            return writer.WriteEnded(large);
        }

        string text = body.Html is null ? Normalize(WithoutLinkTargets(body.Text ?? "")) : Normalize(HtmlToText.Convert(body.Html));
        writer.Write(text);
        return (long)text.Length * sizeof(char);
    }

    /// <summary>Without blanks, invisible characters and bullets.</summary>
    [MethodImpl(Compiling.Optimized)]
    public static string Normalize(string text)
    {
        StringBuilder normal = new(text.Length);
        foreach (char c in text)
        {
            bool isInvisible = char.IsWhiteSpace(c) || char.IsControl(c)
                || c is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\uFFFC';
            if (!isInvisible && c is not ('•' or '·' or '*' or '§' or '▪'))
            {
                normal.Append(c);
            }
        }

        return normal.ToString();
    }

    private static string WithoutLinkTargets(string text)
    {
        StringBuilder result = new(text.Length);
        int copied = 0;
        for (int at = 0; (at = text.IndexOfAny(['<', '['], at)) >= 0; at++)
        {
            int end = LinkTargets.EndOf(text, at);
            if (end > 0)
            {
                result.Append(text, copied, at - copied);
                copied = end;
                at = end - 1;
            }
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
