using System.Collections.Generic;

namespace PstMigration.Mapi;

/// <summary>An item's body, decoded.</summary>
/// <param name="Native">What the item was written in.</param>
/// <param name="Html">The HTML: stored, taken out of RTF, or converted from RTF; null for plain text.</param>
/// <param name="Text">The plain text as stored, or taken out of RTF; null where only HTML or RTF is stored.</param>
/// <param name="Pictures">Pictures the HTML refers to by <c>cid:</c> that were inside RTF and are no attachments.</param>
public sealed record ItemBody(BodyFormat Native, string? Html, string? Text, IReadOnlyList<RtfPicture> Pictures)
{
    /// <summary>The RTF the HTML was converted from; null where the body was not written as RTF.</summary>
    public byte[]? Rtf { get; init; }

    /// <summary>Plain text, made from the HTML where none is stored; empty where there is no body.</summary>
    public string ToPlainText() => Text ?? (Html is null ? "" : HtmlToText.Convert(Html));
}
