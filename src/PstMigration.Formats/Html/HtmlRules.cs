namespace PstMigration.Formats;

/// <summary>What may stand in exported HTML. Whatever is not named here is left out.</summary>
internal static class HtmlRules
{
    /// <summary>Elements that only lay out text. Of others the content stays, without the element.</summary>
    public static readonly HashSet<string> Elements = Names(
        "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl "
        + "dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav ol p pre q rp rt ruby s samp "
        + "section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr");

    /// <summary>Elements without content or end tag.</summary>
    public static readonly HashSet<string> VoidElements = Names("br col hr img wbr");

    /// <summary>Elements whose content is nothing to read.</summary>
    public static readonly HashSet<string> SilentElements = Names("script style title iframe noembed noframes");

    /// <summary>Elements that run, load, send or embed something; to leave them out is worth a word.</summary>
    public static readonly HashSet<string> ActiveElements = Names(
        "applet audio base button embed form frame frameset iframe input isindex link math object param script select source svg textarea "
        + "track video");

    /// <summary>Attributes that only tell how something looks or what it says. Addresses are none of them.</summary>
    public static readonly HashSet<string> Attributes = Names(
        "abbr align alt bgcolor border cellpadding cellspacing clear color colspan compact datetime dir face frame headers height hspace "
        + "lang noshade nowrap open reversed rowspan rules scope size span start summary title type valign value vspace width");

    /// <summary>Properties of CSS that place nothing outside the body's own box and load nothing.</summary>
    public static readonly HashSet<string> CssProperties = Names(
        "background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse "
        + "border-color border-left border-left-color border-left-style border-left-width border-radius border-right border-right-color "
        + "border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width "
        + "border-width box-sizing caption-side clear color direction display empty-cells float font font-family font-size font-style "
        + "font-variant font-weight height letter-spacing line-height list-style list-style-position list-style-type margin margin-bottom "
        + "margin-left margin-right margin-top max-height max-width min-height min-width overflow-wrap padding padding-bottom padding-left "
        + "padding-right padding-top page-break-after page-break-before page-break-inside table-layout text-align text-decoration "
        + "text-indent text-transform unicode-bidi vertical-align white-space width word-break word-spacing word-wrap");

    /// <summary>Functions of CSS that only name a colour or a length.</summary>
    public static readonly HashSet<string> CssFunctions = Names("rgb rgba hsl hsla calc");

    /// <summary>Pseudo-classes that ask for nothing but the place and the kind of an element.</summary>
    public static readonly HashSet<string> CssPseudoClasses = Names("active first-child hover last-child link visited");

    private static HashSet<string> Names(string names) => new(names.Split(' '), StringComparer.OrdinalIgnoreCase);
}
