using System.Globalization;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Sizes, as people read them.</summary>
internal static class SizeText
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>In the largest unit of which there is one, such as 12 KB or 1.5 MB.</summary>
    internal static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < s_units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return value.ToString(unit == 0 || value >= 100 || value == Math.Floor(value) ? "N0" : "N1", CultureInfo.CurrentCulture) + " " + s_units[unit];
    }

    /// <summary>Of what a run would read; says of how many items the source does not tell it.</summary>
    internal static string Of(TransferPreview preview) => preview.Sizeless == 0 ? Of(preview.Bytes)
        : preview.Sizeless == preview.Items ? Strings.PreviewSizeUnknown
        : LocalText.Format(Strings.PreviewSizePartly, Of(preview.Bytes), preview.Sizeless);
}
