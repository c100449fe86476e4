namespace PstMigration.Mapi;

/// <summary>What the text of a group is for.</summary>
internal enum RtfDestination
{
    /// <summary>Text people read.</summary>
    Body,

    /// <summary>Nothing in the group matters.</summary>
    Skipped,

    /// <summary>The group's own text does not matter, but groups in it may.</summary>
    Container,

    /// <summary>The font table; read by the interpreter itself.</summary>
    FontTable,

    /// <summary>The colour table.</summary>
    ColorTable,

    /// <summary>A picture: words, then hexadecimal or binary data.</summary>
    Picture,

    /// <summary>What a field does, such as HYPERLINK.</summary>
    FieldInstruction,

    /// <summary>The name of a place links lead to.</summary>
    Bookmark,

    /// <summary>The bullet or number of a list item, as text for readers that know no lists.</summary>
    ListText,

    /// <summary>The description of nested table rows.</summary>
    NestedTable,

    /// <summary>HTML kept in RTF ([MS-OXRTFEX] HTMLTAG).</summary>
    HtmlTag,
}

/// <summary>Which control words open which destination (RTF 1.9.1; [MS-OXRTFEX] 2.1.3).</summary>
internal static class RtfDestinations
{
    private static readonly HashSet<string> s_skipped =
    [
        "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
        "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "nonshppict", "nonesttables", "shprslt", "sn", "tc", "tcn",
        "xe", "rxe", "bkmkend", "txe", "mhtmltag", "objdata", "objclass", "objname", "datafield", "filetbl", "falt",
        "panose", "fontemb", "fontfile", "revtbl", "annotation", "atnid", "atnauthor", "private", "template", "formfield",
    ];

    /// <summary>The destination a control word opens, or null for a word that opens none.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isOptional">It stood behind <c>\*</c>: an unknown one is passed over.</param>
    public static RtfDestination? Find(string word, bool isOptional) =>
        Known(word) is RtfDestination known ? known
        : isOptional || s_skipped.Contains(word) ? RtfDestination.Skipped
        : null;

    private static RtfDestination? Known(string word) => word switch
    {
        "fonttbl" => RtfDestination.FontTable,
        "colortbl" => RtfDestination.ColorTable,
        "pict" => RtfDestination.Picture,
        "fldinst" => RtfDestination.FieldInstruction,
        "bkmkstart" => RtfDestination.Bookmark,
        "listtext" or "pntext" => RtfDestination.ListText,
        "nesttableprops" => RtfDestination.NestedTable,
        "htmltag" => RtfDestination.HtmlTag,
        "shppict" or "fldrslt" or "footnote" or "shptxt" or "ud" or "result" => RtfDestination.Body,
        "shpinst" or "sv" or "upr" => RtfDestination.Container,
        _ => null,
    };
}
