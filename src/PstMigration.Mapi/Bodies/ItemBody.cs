namespace PstMigration.Mapi;

/// <summary>An item's body, decoded.</summary>
/// <param name="Native">What the item was written in.</param>
/// <param name="Html">The HTML: stored, taken out of RTF, or converted from RTF; null for plain text.</param>
/// <param name="Text">The plain text of this body: as stored, or taken out of RTF; null where only HTML says it.</param>
/// <param name="Pictures">Pictures the HTML refers to by <c>cid:</c> that were inside RTF and are no attachments.</param>
public sealed record ItemBody(BodyFormat Native, string? Html, string? Text, IReadOnlyList<RtfPicture> Pictures)
{
    /// <summary>The RTF the HTML was converted from; null where the body was not written as RTF.</summary>
    public byte[]? Rtf { get; init; }

    /// <summary>Whether it comes out of RTF that has more of it: only the beginning, or not all pictures, was read (<see cref="LossKind.TooLarge"/>).</summary>
    public bool IsCut { get; init; }

    /// <summary>Why this form was chosen of those that are stored.</summary>
    public BodyChoice Choice { get; init; }

    /// <summary>
    /// The form that is stored as well, says something else and is not shown: <see cref="BodyFormat.Text"/> or
    /// <see cref="BodyFormat.Rtf"/> (which may carry HTML); <see cref="BodyFormat.None"/> where nothing stored is left out.
    /// </summary>
    public BodyFormat Differing { get; init; }

    /// <summary>The HTML as it is stored, where it is too large to be decoded as a whole; <see cref="Html"/> is null then.</summary>
    public BinarySource? LargeHtml { get; init; }

    /// <summary>The encoding of <see cref="LargeHtml"/> as the item tells it, or null.</summary>
    public System.Text.Encoding? LargeHtmlEncoding { get; init; }

    /// <summary>The text in UTF-16LE, where it is too large to be read as a whole; <see cref="Text"/> is null then.</summary>
    public BinarySource? LargeText { get; init; }

    /// <summary>Whether the body can only be read as a stream.</summary>
    public bool IsLarge => LargeHtml is not null || LargeText is not null;

    /// <summary>Plain text, made from the HTML where none is stored; empty where there is no body, and where it is large.</summary>
    public string ToPlainText() => Text ?? (Html is null ? "" : HtmlToText.Convert(Html));

    /// <summary>What showing this body alone costs: a stored form that says something else, and what cannot be read.</summary>
    public IEnumerable<ItemLoss> Losses()
    {
        if (Differing != BodyFormat.None)
        {
            yield return new ItemLoss(LossKind.Body, Differing.ToString());
        }
        else if (IsCut)
        {
            yield return new ItemLoss(LossKind.TooLarge, "Body");
        }
        else if (Choice == BodyChoice.Damaged)
        {
            yield return new ItemLoss(LossKind.Body, "Damaged");
        }
    }
}
