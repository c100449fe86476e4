namespace PstMigration.Mapi;

/// <summary>What the RTF of an item (0x1009) holds: the HTML or text it was made from, or itself as HTML.</summary>
internal sealed class RtfContent
{
    private RtfContent(ItemBody? body, bool isDamaged)
    {
        Body = body;
        IsDamaged = isDamaged;
    }

    /// <summary>The body, but for why it was chosen; null where nothing is in it or nothing can be read.</summary>
    public ItemBody? Body { get; }

    /// <summary>Whether it cannot be read, or not to its end, or may be wrong anywhere.</summary>
    public bool IsDamaged { get; }

    /// <summary>Reads; null where no RTF is stored.</summary>
    public static RtfContent? Read(PropertyBag properties, RtfToHtmlOptions? options)
    {
        if (properties.GetBinary(PropertyTags.RtfCompressed) is not { Length: > 0 } compressed)
        {
            return null;
        }

        byte[] rtf = CompressedRtf.Decompress(compressed, out RtfDefects defects);
        return new RtfContent(rtf.Length > 0 ? BodyOf(rtf, options) : null, defects != RtfDefects.None);
    }

    private static ItemBody BodyOf(byte[] rtf, RtfToHtmlOptions? options)
    {
        string? original = RtfDecapsulator.Decapsulate(rtf, out RtfEncapsulation kind);
        switch (kind)
        {
            case RtfEncapsulation.Html when !string.IsNullOrWhiteSpace(original):
                return new ItemBody(BodyFormat.Html, original, null, []);
            case RtfEncapsulation.Text:
                return new ItemBody(BodyFormat.Text, null, original, []);
            default:
                RtfTextWriter text = new(RtfDecapsulator.DefaultMaximumLength);
                RtfHtml html = new RtfHtmlConverter(options ?? new RtfToHtmlOptions(), text).Convert(rtf);
                return new ItemBody(BodyFormat.Rtf, html.Html, html.IsComplete ? text.Finish() : RtfToText.Convert(rtf), html.Pictures) { Rtf = rtf };
        }
    }
}
