using System.Globalization;
using System.Text;

namespace PstMigration.Formats;

/// <summary>Folder names as IMAP writes them (RFC 3501 5.1.3): printable ASCII as it is, <c>&amp;</c> as <c>&amp;-</c>, all else as UTF-16 in base64 with <c>,</c> for <c>/</c>.</summary>
internal static class ModifiedUtf7
{
    public static string Encode(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
            {
                result.Append(text[i] == '&' ? "&-" : text[i].ToString(CultureInfo.InvariantCulture));
                continue;
            }

            int end = i;
            while (end < text.Length && text[end] is < ' ' or > '~')
            {
                end++;
            }

            string base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(text.Substring(i, end - i)));
            result.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
            i = end - 1;
        }

        return result.ToString();
    }

    /// <summary>The text; what is no modified UTF-7 stays as it is.</summary>
    public static string Decode(string name)
    {
        StringBuilder result = new(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            int end = name[i] == '&' ? name.IndexOf('-', i) : -1;
            if (end == i + 1)
            {
                result.Append('&');
                i = end;
            }
            else if (end > 0 && TryDecode(name.Substring(i + 1, end - i - 1), out string text))
            {
                result.Append(text);
                i = end;
            }
            else
            {
                result.Append(name[i]);
            }
        }

        return result.ToString();
    }

    private static bool TryDecode(string base64, out string text)
    {
        text = "";
        string padded = base64.Replace(',', '/');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        try
        {
            byte[] bytes = Convert.FromBase64String(padded);
            if (bytes.Length == 0 || bytes.Length % 2 != 0)
            {
                return false;
            }

            text = Encoding.BigEndianUnicode.GetString(bytes);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
