using System.Text;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>The body of an item.</summary>
public sealed class PstItemBody
{
    /// <summary>Bytes of UTF-16.</summary>
    private const long LargestText = 128L * 1024 * 1024;

    internal PstItemBody(ItemBody body)
    {
        Format = body.Native;
        Choice = body.Choice;
        Differing = body.Differing;
        if (body.LargeHtml is BinarySource html)
        {
            throw PropertyErrors.TooLarge("Body", html.Measure());
        }

        Text = body.LargeText is BinarySource text ? Read(text) : body.ToPlainText();
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

    /// <summary>Who asks for a text gets it, if it is not larger than any program could show.</summary>
    private static string Read(BinarySource utf16)
    {
        if (utf16.IsLongerThan(LargestText))
        {
            throw PropertyErrors.TooLarge("Body", utf16.Measure());
        }

        using StreamReader reader = new(utf16.OpenRead(), Encoding.Unicode, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
