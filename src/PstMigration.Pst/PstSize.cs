using System.Globalization;

namespace PstMigration.Pst;

/// <summary>The sizes at which Outlook's defaults stop people from going on. Administrators can set others.</summary>
public static class PstSize
{
    /// <summary>From here an ANSI file is close to the 2 GB at which it breaks.</summary>
    public const long AnsiWarning = 18 * Gigabyte / 10;

    /// <summary>The most Outlook 2003 and 2007 take by default.</summary>
    public const long Outlook2007Limit = 20 * Gigabyte;

    /// <summary>From here a file is close to the 50 GB at which later versions add nothing more.</summary>
    public const long Outlook2010Warning = 45 * Gigabyte;

    private const long Gigabyte = 1L << 30;

    /// <summary>What people should know about a file of this size; null where there is nothing.</summary>
    public static string? Warn(PstFormat format, long length)
    {
        string? text = format switch
        {
            PstFormat.Ansi => length >= AnsiWarning ? Strings.SizeAnsi : null,
            _ when length >= Outlook2010Warning => Strings.SizeOutlook2010,
            _ when length >= Outlook2007Limit => Strings.SizeOutlook2007,
            _ => null,
        };
        return text is null ? null : string.Format(CultureInfo.CurrentCulture, text, (double)length / Gigabyte);
    }
}
