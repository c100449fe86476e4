using System;
using System.Collections.Generic;
using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The headers this project writes for itself into files it keeps: where an item came from, and what a mailbox knows beside the
/// message. They stand before all others, so that the start of a file is enough to know it, and never go into an item's own headers.
/// </summary>
internal static class OwnHeaders
{
    /// <summary>The <see cref="ItemMarker"/>.</summary>
    public const string Marker = Prefix + "Marker";

    /// <summary>When the item was received, to 100 ns (ISO 8601, UTC).</summary>
    public const string Received = Prefix + "Received";

    /// <summary>One property that has no place in MIME: see <see cref="PropertyHeaders"/>.</summary>
    public const string Property = Prefix + "Property";

    /// <summary>Begins the properties of one recipient, which follow it.</summary>
    public const string Recipient = Prefix + "Recipient";

    /// <summary>The message class, where MIME does not tell it.</summary>
    public const string MessageClass = Prefix + "Class";

    /// <summary>The address of an author who has none of SMTP, with its type: <c>EX:/o=First/cn=somebody</c>.</summary>
    public const string Author = Prefix + "Author";

    /// <summary>A picture that is part of the message's RTF and no attachment.</summary>
    public const string InRtf = Prefix + "InRtf";

    private const string Prefix = "X-PstMigration-";

    /// <summary>What servers number messages by in mbox files.</summary>
    private static readonly HashSet<string> s_numbers = new(StringComparer.OrdinalIgnoreCase) { "X-UID", "X-IMAP", "X-IMAPbase" };

    /// <summary>Whether a header belongs to the file and not to the message in it.</summary>
    public static bool IsOwn(string field) =>
        field.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || MailState.IsHeader(field) || MailKeywords.IsHeader(field) || s_numbers.Contains(field);

    public static IEnumerable<(string Field, string Value)> Of(ItemProvenance provenance) =>
    [
        (Marker, provenance.Marker.Value),
        (Prefix + "Source", provenance.Key.ToString()),
        (Prefix + "Version", provenance.Version.Value),
        (Prefix + "Digest", provenance.Digest.Hex),
    ];

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.Trim() ?? "", "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;
}
