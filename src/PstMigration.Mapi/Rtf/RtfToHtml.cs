namespace PstMigration.Mapi;

/// <summary>
/// Turns RTF people wrote into HTML that looks the same: fonts, sizes, colours, alignment, indents, lists, tables, pictures and
/// links. RTF made from HTML should go through <see cref="RtfDecapsulator"/> instead, which gives the original.
/// </summary>
public static class RtfToHtml
{
    /// <summary>Converts. Never fails: what makes no sense is passed over.</summary>
    public static RtfHtml Convert(ReadOnlySpan<byte> rtf, RtfToHtmlOptions? options = null) =>
        new RtfHtmlConverter(options ?? new RtfToHtmlOptions()).Convert(rtf);
}
