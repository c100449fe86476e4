namespace PstMigration.Mapi;

/// <summary>
/// Decides in which form an item's body is shown, by what is stored: the form the item declares (0x1016); else HTML (0x1013); else RTF
/// (0x1009), beside which Outlook keeps the text it makes from it; else text (0x1000). RTF gives way to the text only where the text was
/// changed later, or where the RTF cannot be read. A form that says nothing gives way to one that does.
/// </summary>
/// <remarks>
/// [MS-OXBBODY] 2.1.3.1 lets PidTagRtfInSync decide between RTF and text. That is how a server answers: Outlook from 2003 on stores no
/// such property in a file, and shows the RTF.
/// </remarks>
internal sealed class BodyChooser
{
    private const int NativeText = 1;
    private const int NativeRtf = 2;
    private const int NativeHtml = 3;

    /// <summary>Characters that tell whether there is any text.</summary>
    private const int EnoughText = 64;

    private readonly PropertyBag _properties;
    private readonly RtfToHtmlOptions? _options;
    private readonly BodyFormat _declared;
    private readonly string? _text;
    private readonly bool _hasText;

    public BodyChooser(PropertyBag properties, RtfToHtmlOptions? options)
    {
        _properties = properties;
        _options = options;
        _declared = properties.GetInt32(PropertyTags.NativeBody) switch
        {
            NativeText => BodyFormat.Text,
            NativeRtf => BodyFormat.Rtf,
            NativeHtml => BodyFormat.Html,
            _ => BodyFormat.None,
        };
        _text = properties.GetString(PropertyTags.Body)?.TrimEnd('\0') is { Length: > 0 } text ? text : null;
        _hasText = BodyComparison.SaysAnything(_text);
    }

    /// <summary>RTF may carry the HTML that is declared.</summary>
    private bool IsDeclaredFormatted => _declared is BodyFormat.Rtf or BodyFormat.Html;

    public ItemBody Choose()
    {
        if (_declared == BodyFormat.Text && _hasText)
        {
            return Text(BodyChoice.Declared);
        }

        ItemBody? html = StoredHtml();
        if (html is not null && _declared != BodyFormat.Rtf)
        {
            return html;
        }

        RtfContent? rtf = RtfContent.Read(_properties, _options);
        if (rtf?.Body is not ItemBody fromRtf)
        {
            ItemBody rest = html ?? Text(_text is null ? BodyChoice.None : BodyChoice.Only);
            return rtf?.IsDamaged == true ? rest with { Choice = BodyChoice.Damaged, Differing = BodyFormat.Rtf } : rest;
        }

        if (html is not null && rtf.IsDamaged)
        {
            return html with { Choice = BodyChoice.Damaged, Differing = BodyFormat.Rtf };
        }

        return _hasText ? Decide(fromRtf, rtf.IsDamaged) : fromRtf with
        {
            Text = _text is null || HasText(fromRtf) ? fromRtf.Text : _text,
            Choice = rtf.IsDamaged ? BodyChoice.Damaged : IsDeclaredFormatted ? BodyChoice.Declared : BodyChoice.Only,
        };
    }

    /// <summary>Between RTF and a text.</summary>
    private ItemBody Decide(ItemBody rtf, bool isDamaged)
    {
        bool? isInSync = _properties.GetBoolean(PropertyTags.RtfInSync);
        BodyRelation relation = BodyComparison.Compare(_text!, rtf.Text ?? HtmlToText.ConvertWithPictures(rtf.Html!));
        if (relation is BodyRelation.Same or BodyRelation.Poorer)
        {
            return rtf with
            {
                Text = relation == BodyRelation.Same ? _text : rtf.Text,
                Choice = IsDeclaredFormatted ? BodyChoice.Declared : BodyChoice.SameText,
            };
        }

        if (isDamaged)
        {
            return Text(BodyChoice.Damaged) with { Differing = BodyFormat.Rtf };
        }

        if (!ShowsAnything(rtf))
        {
            return Text(BodyChoice.Only);
        }

        BodyChoice choice = IsDeclaredFormatted ? BodyChoice.Declared
            : isInSync == true ? BodyChoice.RtfInSync
            : isInSync == false || relation == BodyRelation.Different ? BodyChoice.TextIsNewer
            : BodyChoice.RtfBeforeText;
        return choice == BodyChoice.TextIsNewer
            ? Text(choice) with { Differing = BodyFormat.Rtf }
            : rtf with { Choice = choice, Differing = BodyFormat.Text };
    }

    private ItemBody Text(BodyChoice choice) => new(_text is null ? BodyFormat.None : BodyFormat.Text, null, _text, []) { Choice = choice };

    private ItemBody? StoredHtml()
    {
        if (BodyText.ReadHtml(_properties) is not string html)
        {
            return null;
        }

        ItemBody body = new(BodyFormat.Html, html, null, []) { Choice = _declared == BodyFormat.Html ? BodyChoice.Declared : BodyChoice.Html };
        return _hasText && !ShowsAnything(body) ? null : body with { Text = _text };
    }

    private static bool HasText(ItemBody body) => BodyComparison.SaysAnything(body.Text ?? HtmlToText.Convert(body.Html ?? "", EnoughText));

    private static bool ShowsAnything(ItemBody body) => HasText(body) || body.Html?.IndexOf("<img", StringComparison.OrdinalIgnoreCase) >= 0;
}
