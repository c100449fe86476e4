using System;

namespace PstMigration.Mapi;

/// <summary>Chooses and decodes the body of an item by the rules of [MS-OXBBODY] and mapi-mime §3.</summary>
public static class BodyText
{
    private const int NativeText = 1;
    private const int NativeRtf = 2;
    private const int NativeHtml = 3;

    /// <summary>
    /// The best body: what the item was written in, decoded. RTF that carries HTML or text gives the original back; RTF
    /// written as RTF becomes HTML.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="rtfOptions">How native RTF becomes HTML; by default pictures are embedded.</param>
    public static ItemBody Read(MapiItem item, RtfToHtmlOptions? rtfOptions = null)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        PropertyBag p = item.Properties;
        string? text = NonEmpty(p.GetString(PropertyTags.Body));
        BodyFormat native = Declared(p);
        if (native == BodyFormat.Text && text is not null)
        {
            return new ItemBody(BodyFormat.Text, null, text, []);
        }

        if (native != BodyFormat.Rtf && ReadHtml(p) is string html)
        {
            return new ItemBody(BodyFormat.Html, html, text, []);
        }

        bool isRtfCurrent = native is BodyFormat.Rtf or BodyFormat.Html || text is null || p.GetBoolean(PropertyTags.RtfInSync) == true;
        if (isRtfCurrent && ReadRtf(p, text, rtfOptions) is ItemBody fromRtf)
        {
            return fromRtf;
        }

        // What is declared is missing; what is there is taken.
        return ReadHtml(p) is string any
            ? new ItemBody(BodyFormat.Html, any, text, [])
            : new ItemBody(text is null ? BodyFormat.None : BodyFormat.Text, null, text, []);
    }

    /// <summary>Plain text of the best body; empty where there is none.</summary>
    public static string ReadPlainText(MapiItem item) => Read(item).ToPlainText();

    /// <summary>The stored HTML, decoded; null where there is none.</summary>
    public static string? ReadHtml(PropertyBag properties)
    {
        if (properties is null)
        {
            throw new ArgumentNullException(nameof(properties));
        }

        if (!properties.TryGet(PropertyTags.BodyHtml, out PropertyValue value))
        {
            return null;
        }

        // Some programs store a string here.
        string? html = value.AsString() ?? (value.AsBinary() is byte[] bytes
            ? HtmlDecoder.Decode(
                bytes,
                properties.GetInt32(PropertyTags.InternetCodepage) ?? 0,
                properties.GetInt32(PropertyTags.MessageCodepage) ?? 0)
            : null);
        return NonEmpty(html?.TrimEnd('\0'));
    }

    /// <summary>The RTF, decompressed; null where there is none or nothing of it can be read.</summary>
    public static byte[]? ReadRtf(PropertyBag properties)
    {
        if (properties is null)
        {
            throw new ArgumentNullException(nameof(properties));
        }

        if (properties.GetBinary(PropertyTags.RtfCompressed) is not { Length: > 0 } compressed)
        {
            return null;
        }

        byte[] rtf = CompressedRtf.Decompress(compressed, out _);
        return rtf.Length > 0 ? rtf : null;
    }

    private static ItemBody? ReadRtf(PropertyBag properties, string? text, RtfToHtmlOptions? options)
    {
        if (ReadRtf(properties) is not byte[] rtf)
        {
            return null;
        }

        string? original = RtfDecapsulator.Decapsulate(rtf, out RtfEncapsulation kind);
        switch (kind)
        {
            case RtfEncapsulation.Html when !string.IsNullOrWhiteSpace(original):
                return new ItemBody(BodyFormat.Html, original, text, []);
            case RtfEncapsulation.Text:
                return new ItemBody(BodyFormat.Text, null, text ?? original, []);
            default:
                RtfHtml html = RtfToHtml.Convert(rtf, options);
                return new ItemBody(BodyFormat.Rtf, html.Html, text ?? RtfToText.Convert(rtf), html.Pictures) { Rtf = rtf };
        }
    }

    private static BodyFormat Declared(PropertyBag properties) => properties.GetInt32(PropertyTags.NativeBody) switch
    {
        NativeText => BodyFormat.Text,
        NativeRtf => BodyFormat.Rtf,
        NativeHtml => BodyFormat.Html,
        _ => BodyFormat.None,
    };

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
