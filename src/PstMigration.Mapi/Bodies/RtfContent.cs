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

    /// <summary>Whether it cannot be read, or not to its end, or may be wrong anywhere. One that is larger than is read (<see cref="ItemBody.IsCut"/>) is among them.</summary>
    public bool IsDamaged { get; }

    /// <summary>Reads; null where no RTF is stored.</summary>
    public static RtfContent? Read(PropertyBag properties, RtfToHtmlOptions? options)
    {
        if (properties.GetBinary(PropertyTags.RtfCompressed) is not { Length: > 0 } compressed)
        {
            return null;
        }

        byte[] rtf = CompressedRtf.Decompress(compressed, out RtfDefects defects);
        ItemBody? body = rtf.Length > 0 ? BodyOf(rtf, (defects & RtfDefects.TooLarge) != 0, options) : null;
        return new RtfContent(body, defects != RtfDefects.None || body?.IsCut == true);
    }

    private static ItemBody BodyOf(byte[] rtf, bool isCut, RtfToHtmlOptions? options)
    {
        string? original = RtfDecapsulator.Decapsulate(rtf, out RtfEncapsulation kind, out bool isOriginalCut);
        switch (kind)
        {
            case RtfEncapsulation.Html when !string.IsNullOrWhiteSpace(original):
                return new ItemBody(BodyFormat.Html, original, null, []) { IsCut = isCut || isOriginalCut };
            case RtfEncapsulation.Text:
                return new ItemBody(BodyFormat.Text, null, original, []) { IsCut = isCut || isOriginalCut };
            default:
                RtfTextWriter text = new(RtfToText.DefaultMaximumLength);
                RtfHtml html = new RtfHtmlConverter(options ?? new RtfToHtmlOptions(), text).Convert(rtf);
                string plain = html.IsComplete ? text.Finish() : RtfToText.Convert(rtf);
                return new ItemBody(BodyFormat.Rtf, html.Html, plain, html.Pictures) { Rtf = rtf, IsCut = isCut || !html.IsComplete || text.IsFull };
        }
    }
}
