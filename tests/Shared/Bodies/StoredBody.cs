namespace PstMigration.Tests;

/// <summary>The forms of a body as an item holds them, and which of them is to be shown.</summary>
/// <param name="Native">0x1016, or null.</param>
/// <param name="Text">0x1000, or null.</param>
/// <param name="HasHtml">Whether there is a 0x1013 that is not empty.</param>
/// <param name="CompressedRtf">0x1009, or null.</param>
internal sealed record StoredBody(int? Native, string? Text, bool HasHtml, byte[]? CompressedRtf)
{
    private readonly string _rtf = CompressedRtf is { Length: > 0 } ? PlainRtf.Decompress(CompressedRtf) : "";

    /// <summary>Whether there is a form that must be shown: RTF whose text is that of 0x1000, or beside which 0x1000 says nothing.</summary>
    public bool IsRtfTheText => _rtf.Length > 0 && (TextLetters.Length == 0 || TextLetters == RtfLetters);

    /// <summary>Html, Rtf, Text or None; null where the forms differ and either may be right.</summary>
    public string? Format =>
        Native == 1 && TextLetters.Length > 0 ? "Text"
        : HasHtml && Native != 2 ? "Html"
        : _rtf.Length == 0 ? (HasHtml ? "Html" : string.IsNullOrEmpty(Text) ? "None" : "Text")
        : !IsRtfTheText ? null
        : PlainRtf.Origin(_rtf) switch
        {
            "html" => "Html",
            "text" => "Text",
            _ => "Rtf",
        };

    /// <summary>The letters of the text to be shown: those stored, else those of the RTF; null where only HTML says it, or the forms differ.</summary>
    public string? Letters => Format is null ? null : TextLetters.Length > 0 ? TextLetters : _rtf.Length > 0 && !HasHtml ? RtfLetters : null;

    /// <summary>The letters of the HTML to be shown, where it comes from RTF; else null.</summary>
    public string? HtmlLetters => Format == "Rtf" || (Format == "Html" && !HasHtml) ? RtfLetters : null;

    private string TextLetters => PlainRtf.Letters(Text);

    private string RtfLetters => PlainRtf.Letters(PlainRtf.Text(_rtf));
}
