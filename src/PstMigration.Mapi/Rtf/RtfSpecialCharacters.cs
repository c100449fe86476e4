namespace PstMigration.Mapi;

/// <summary>Control words that are one character of text (RTF 1.9.1, special characters).</summary>
internal static class RtfSpecialCharacters
{
    public static string? Find(string word) => word switch
    {
        "tab" => "\t",
        "lquote" => "\u2018",
        "rquote" => "\u2019",
        "ldblquote" => "\u201C",
        "rdblquote" => "\u201D",
        "bullet" => "\u2022",
        "endash" => "\u2013",
        "emdash" => "\u2014",
        "enspace" => "\u2002",
        "emspace" => "\u2003",
        "qmspace" => "\u2005",
        "zwj" => "\u200D",
        "zwnj" => "\u200C",
        "ltrmark" => "\u200E",
        "rtlmark" => "\u200F",
        _ => null,
    };
}
