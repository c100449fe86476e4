using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How a part that is shown is written.</summary>
internal enum BodyKind
{
    /// <summary>Text as it stands.</summary>
    Plain,

    /// <summary>HTML for programs of one vendor: AMP, watches.</summary>
    OtherHtml,

    /// <summary>text/enriched (RFC 1896).</summary>
    Enriched,

    /// <summary>HTML.</summary>
    Html,

    /// <summary>RTF beside the HTML made from it, in this project's own files.</summary>
    Rtf,
}

/// <summary>A part that can be shown as the message or as a stretch of it.</summary>
/// <param name="part">The part.</param>
/// <param name="kind">How it is written.</param>
internal sealed class BodyPart(MimePart part, BodyKind kind)
{
    private const int LongestBlank = 1024;

    /// <summary>Types of text that are data for programs and no letters to people.</summary>
    private static readonly string[] s_data =
    [
        "calendar", "css", "csv", "directory", "javascript", "rfc822-headers", "rtf", "tab-separated-values", "vcard", "vcalendar", "x-patch", "x-diff", "x-vcalendar", "x-vcard", "xml",
    ];

    private BinarySource? _content;
    private bool? _isBlank;

    /// <summary>The part.</summary>
    public MimePart Part => part;

    /// <summary>How it is written.</summary>
    public BodyKind Kind => kind;

    /// <summary>Its decoded content.</summary>
    public BinarySource Content => _content ??= PartSource.Of(part);

    /// <summary>What somebody put behind the encoded content as it stands; null where there is nothing.</summary>
    public BinarySource? TextBehind => Content is PartSource { TextBehind: SliceSource behind } && behind.IsLongerThan(0) ? behind : null;

    /// <summary>Bytes it takes in the message, encoded as they are.</summary>
    public long StoredLength => Content is PartSource stored ? stored.StoredLength : 0;

    /// <summary>Whether nothing but blanks is in it.</summary>
    public bool IsBlank => _isBlank ??= Content.TryToArray(LongestBlank) is byte[] content && Array.TrueForAll(content, b => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    /// <summary>The part as one that can be shown; null for any other.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isAlone">Whether it is the whole message: text of a kind nobody knows is shown then (RFC 2046 4.1.4).</param>
    public static BodyPart? Of(MimePart part, bool isAlone)
    {
        // The name of a file is told by its own type.
        string type = IsNamed(part) ? part.ContentType.MimeType : SaidType.Of(part);
        BodyKind? kind = type.ToUpperInvariant() switch
        {
            "" or "TEXT/PLAIN" => BodyKind.Plain,
            "TEXT/HTML" => BodyKind.Html,
            "TEXT/ENRICHED" or "TEXT/RICHTEXT" => BodyKind.Enriched,
            "TEXT/X-AMP-HTML" or "TEXT/WATCH-HTML" or "TEXT/X-WATCH-HTML" => BodyKind.OtherHtml,
            "APPLICATION/XHTML+XML" when isAlone => BodyKind.Html,
            _ => isAlone && IsText(part) && !IsData(part) ? BodyKind.Plain : null,
        };
        return kind is BodyKind known ? new BodyPart(part, known) : null;
    }

    /// <summary>Whether it is one more version of a text, in a format no mail program shows.</summary>
    public static bool IsOtherText(MimeEntity part) => part is MimePart leaf && IsText(part) && !IsData(part) && Of(leaf, isAlone: false) is null;

    /// <summary>Whether it is RTF, which Windows programs call by two types.</summary>
    public static bool IsRtf(MimeEntity part) => part.ContentType.IsMimeType("application", "rtf") || part.ContentType.IsMimeType("text", "rtf") || part.ContentType.IsMimeType("application", "x-rtf");

    /// <summary>Whether it is called something.</summary>
    public static bool IsNamed(MimeEntity part) => part.ContentDisposition?.FileName is { Length: > 0 } || part.ContentType.Name is { Length: > 0 };

    private static bool IsText(MimeEntity part) => part.ContentType.MediaType.Equals("text", StringComparison.OrdinalIgnoreCase);

    private static bool IsData(MimeEntity part) => s_data.Contains(part.ContentType.MediaSubtype, StringComparer.OrdinalIgnoreCase);
}
