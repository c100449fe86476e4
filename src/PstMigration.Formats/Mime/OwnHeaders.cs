using System.Globalization;
using System.Text;
using MimeKit;
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

    /// <summary>The message's RTF, beside the HTML that was made from it; and a picture that is part of it and no attachment.</summary>
    public const string InRtf = Prefix + "InRtf";

    /// <summary>The <see cref="ItemKey"/> the item was copied from.</summary>
    public const string Source = Prefix + "Source";

    /// <summary>Its <see cref="ItemVersion"/> there.</summary>
    public const string Version = Prefix + "Version";

    /// <summary>The folder it was in there.</summary>
    public const string Folder = Prefix + "Folder";

    /// <summary>The folder the copy was put into, where that has another path.</summary>
    public const string Place = Prefix + "Place";

    /// <summary>Its <see cref="ItemIdentity"/>.</summary>
    public const string Identity = Prefix + "Identity";

    /// <summary>The time the copy's file was given, where that is not <see cref="Received"/>.</summary>
    public const string FileTime = Prefix + "Time";

    /// <summary>What the copy does not have, as <see cref="LossText"/> writes it.</summary>
    public const string Losses = Prefix + "Losses";

    /// <summary>The <see cref="FileSeal"/> of the message, by which it is known as unchanged.</summary>
    public const string Seal = Prefix + "Seal";

    private const string Prefix = "X-PstMigration-";

    /// <summary>What servers number messages by in mbox files.</summary>
    private static readonly HashSet<string> s_numbers = new(StringComparer.OrdinalIgnoreCase) { "X-UID", "X-IMAP", "X-IMAPbase" };

    /// <summary>Whether a header belongs to the file and not to the message in it.</summary>
    public static bool IsOwn(string field) =>
        IsOfProject(field) || MailState.IsHeader(field) || MailKeywords.IsHeader(field) || s_numbers.Contains(field);

    /// <summary>Whether a header tells nothing of the message itself: one that belongs to the file, but none of what has no place in MIME.</summary>
    public static bool IsOfFile(string field) =>
        IsOwn(field) && !field.Equals(Property, StringComparison.OrdinalIgnoreCase) && !field.Equals(Recipient, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this project wrote a message.</summary>
    public static bool IsCopy(HeaderList headers) => headers[Source] is not null || headers[Marker] is not null;

    /// <summary>What is stored with a copy.</summary>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="place">The folder it is put into; null where nobody moves it.</param>
    /// <param name="time">The time its file gets; null where it has no file of its own, or that time stands elsewhere.</param>
    /// <param name="losses">What it does not have.</param>
    public static IEnumerable<(string Field, string Value)> Of(
        ItemProvenance provenance, FolderPath? place, DateTimeOffset? time, IReadOnlyList<ItemLoss> losses)
    {
        if (provenance.Marker is ItemMarker marker)
        {
            yield return (Marker, marker.Value);
        }

        yield return (Source, provenance.Key.ToString());
        yield return (Version, provenance.Version.Value);
        if (provenance.Digest is ItemDigest digest)
        {
            yield return (Prefix + "Digest", digest.Hex);
        }

        yield return (Folder, provenance.Folder.ToString());
        if (place is not null && !place.Equals(provenance.Folder))
        {
            yield return (Place, place.ToString());
        }

        yield return (Identity, provenance.Identity.Value);
        if (time is DateTimeOffset known)
        {
            yield return (FileTime, FormatTime(known));
        }

        if (losses.Count > 0)
        {
            yield return (Losses, LossText.Write(losses));
        }
    }

    /// <summary>A header of any text that stays readable by lines: what is no printable ASCII is written <c>%XX</c>, and no line is longer than others have them.</summary>
    public static Header Make(string field, string value) => MakeRaw(field, Encode(value));

    /// <summary>A header of a value that may be broken anywhere.</summary>
    public static Header MakeRaw(string field, string value)
    {
        const int Width = 72;
        if (value.Length is > 0 and <= Width)
        {
            return new RawHeader(field, " " + value + "\r\n");
        }

        StringBuilder folded = new(value.Length + (value.Length / Width * 3) + 3);
        folded.Append(' ');
        for (int i = 0; i < value.Length; i += Width)
        {
            folded.Append(i == 0 ? "" : "\r\n ").Append(value, i, Math.Min(Width, value.Length - i));
        }

        return new RawHeader(field, folded.Append("\r\n").ToString());
    }

    /// <summary>Text with <c>%XX</c> for what is no printable ASCII.</summary>
    public static string Encode(string value)
    {
        if (IsPlain(value))
        {
            return value;
        }

        StringBuilder text = new(value.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            if (IsPlain((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static bool IsPlain(string value)
    {
        foreach (char c in value)
        {
            if (!IsPlain(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlain(char c) => c is > ' ' and < '\u007F' and not '%';

    /// <summary>The text <see cref="Encode"/> was given.</summary>
    public static string Decode(string value) => value.IndexOf('%') < 0 ? value : Uri.UnescapeDataString(value);

    /// <summary>The same of a header that was folded: what was encoded has no blanks.</summary>
    public static string DecodeFolded(string value) => Decode(string.Concat(value.Where(c => c is not (' ' or '\t' or '\r' or '\n'))));

    /// <summary>Whether a header is one of this project.</summary>
    public static bool IsOfProject(string field) => field.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.Trim() ?? "", "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;
}
