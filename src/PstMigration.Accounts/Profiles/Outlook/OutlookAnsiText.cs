using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Outlook;

/// <summary>8-bit text of old profiles, which does not say its code page.</summary>
internal static class OutlookAnsiText
{
    /// <summary>The text up to a NUL: by what its bytes show, else in the code page of the user's culture, in which Windows wrote it.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        byte[] text = bytes.Slice(0, end < 0 ? bytes.Length : end).ToArray();
        Encoding encoding = CharsetDetector.Detect(text) ?? CodePages.Get(CultureInfo.CurrentCulture.TextInfo.ANSICodePage);
        return encoding.GetString(text);
    }
}
