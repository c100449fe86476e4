using PstMigration.Mapi;

namespace PstMigration;

/// <summary>The body of an item.</summary>
public sealed class PstItemBody
{
    internal PstItemBody(ItemBody body)
    {
        Format = body.Native;
        Choice = body.Choice;
        Differing = body.Differing;
        Text = body.ToPlainText();
        Html = body.Html;
    }

    /// <summary>What the item was written in.</summary>
    public BodyFormat Format { get; }

    /// <summary>Why it is this form of those that are stored.</summary>
    public BodyChoice Choice { get; }

    /// <summary>
    /// The form that is stored as well, says something else and is not shown: Text or Rtf; None where nothing stored is left out.
    /// </summary>
    public BodyFormat Differing { get; }

    /// <summary>The text, made from the HTML where none is stored; empty where there is no body. May hold any character.</summary>
    public string Text { get; }

    /// <summary>The HTML, also where it is stored as RTF; null for plain text. Not to be shown in a browser unasked.</summary>
    public string? Html { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
