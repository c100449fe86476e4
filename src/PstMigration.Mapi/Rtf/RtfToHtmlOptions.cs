namespace PstMigration.Mapi;

/// <summary>How <see cref="RtfToHtml"/> converts.</summary>
public sealed class RtfToHtmlOptions
{
    /// <summary>
    /// True: pictures stand in the HTML as <c>data:</c> addresses, and formats no browser shows are left out.
    /// False: the HTML refers to <see cref="RtfHtml.Pictures"/> by <c>cid:</c>.
    /// </summary>
    public bool EmbedPictures { get; init; } = true;

    /// <summary>What follows the at sign of the content ids of pictures; choose one per item where several meet.</summary>
    public string ContentIdDomain { get; init; } = "rtf.invalid";

    /// <summary>Pictures no browser shows (metafiles) are left out, of the HTML and of <see cref="RtfHtml.Pictures"/>.</summary>
    public bool OnlyShownPictures { get; init; }

    /// <summary>Characters of HTML at most, without embedded pictures: 4 Mi. What is beyond is left out.</summary>
    public int MaximumLength { get; init; } = RtfToText.DefaultMaximumLength;

    /// <summary>Bytes of all pictures at most: 32 MB, and 8 MB where they are embedded, which takes ten times as much. One that is beyond is left out.</summary>
    internal int MaximumPicturesSize => EmbedPictures ? PropertyValue.LargestInMemory / 4 : PropertyValue.LargestInMemory;

    /// <summary>
    /// HTML for the n-th place (from 0) where an attachment stood in the text, in the order of
    /// <see cref="PropertyTags.RenderingPosition"/>; null leaves the place empty.
    /// </summary>
    public Func<int, string?>? AttachmentPlaceholder { get; init; }
}
