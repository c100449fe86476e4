using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Reads a mail as a file of mail and as one from a server, and writes what came of it in every format.</summary>
internal static class MailTrial
{
    private const int MaximumDepth = 20;
    private const int LongestName = 500;

    /// <summary>What has one of these near its begin is mail.</summary>
    private static readonly Regex s_header = new(@"^(From|To|Subject|Date|Message-ID|Content-Type): *[^\r\n ]", RegexOptions.CultureInvariant);

    /// <summary>What a mail without a word of this project can become.</summary>
    private static readonly string[] s_classes = ["IPM.Note", "IPM.Schedule", "IPM.Appointment", "REPORT"];

    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone("Asia/Tokyo", TimeSpan.FromHours(9), "Tokyo", "Tokyo");

    /// <summary>What is wrong, or null. Whatever the mail is, nothing may be.</summary>
    public static string? Run(byte[] mail)
    {
        try
        {
            return Read(mail, new MimeImportOptions { IsFromOwnFile = true, TimeZone = s_zone, StoredTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) })
                ?? Read(mail, new MimeImportOptions { TimeZone = s_zone, CodePage = 932 });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.ToString();
        }
    }

    private static string? Read(byte[] mail, MimeImportOptions options)
    {
        MapiItem item;
        try
        {
            item = MimeImport.Read(mail, options);
        }
        catch (MailDataException e) when (e.Error == FormatErrorIds.MimeNotAMessage && !s_header.IsMatch(Encoding.ASCII.GetString(mail, 0, Math.Min(mail.Length, 100))))
        {
            return null;
        }

        List<string> wrong = [];
        Look(item, 0, wrong);
        ItemDigester.Exact(item);
        ItemSummary.Of(item);
        CsvExport.Row(item, FolderPath.Root, default, s_zone);
        HtmlExport.Write(item, new MemoryStream(), new HtmlExportOptions { TimeZone = s_zone });
        TextExport.Write(item, new MemoryStream(), new TextExportOptions { TimeZone = s_zone });
        JsonExport.Write(item, new MemoryStream(), options: new JsonExportOptions { IncludeBinary = true });
        ItemKey key = new("s", "k");
        ItemProvenance provenance = new(key, new ItemVersion("1"), ItemDigester.Content(item), FolderPath.Root, ItemIdentity.Of(item));
        foreach (bool isOwn in (bool[])[true, false])
        {
            MemoryStream written = new();
            MimeExport.Write(item, written, new MimeExportOptions { IncludeState = isOwn, IncludeMailboxState = isOwn, IncludeAllProperties = isOwn, Provenance = provenance });
            MapiItem back = MimeImport.Read(written.ToArray(), options with { IsFromOwnFile = true });
            if (s_classes.Any(item.IsOfClass))
            {
                Compare(item, back, wrong);
            }
        }

        return wrong.Count == 0 ? null : string.Join("; ", wrong.Distinct());
    }

    private static void Look(MapiItem item, int depth, List<string> wrong)
    {
        foreach (PropertyBag bag in item.Recipients.Select(r => r.Properties).Concat(item.Attachments.Select(a => a.Properties)).Append(item.Properties))
        {
            foreach (KeyValuePair<PropertyKey, PropertyValue> property in bag)
            {
                if (property.Value.AsString() is string text && HasHalfPair(text))
                {
                    wrong.Add("half a pair in " + property.Key);
                }
            }
        }

        foreach (MapiAttachment attachment in item.Attachments)
        {
            if (attachment.HasEmbeddedItem && depth < MaximumDepth)
            {
                Look(attachment.OpenEmbedded(), depth + 1, wrong);
            }
            else if (attachment.Content is BinarySource content && content.ToArray().Length != content.Measure())
            {
                wrong.Add("length of " + attachment.Name);
            }
        }
    }

    /// <summary>What was read has to come back from what is written of it.</summary>
    private static void Compare(MapiItem item, MapiItem back, List<string> wrong)
    {
        void Same(string what, string before, string after)
        {
            if (before != after)
            {
                wrong.Add(string.Format(CultureInfo.InvariantCulture, "{0} was {1} and is {2}", what, before, after));
            }
        }

        // What is in no charset anybody knows may be read in one way or another.
        if (item.Subject.IndexOf('\uFFFD') < 0 && back.Subject.IndexOf('\uFFFD') < 0)
        {
            Same("subject", Words(item.Subject), Words(back.Subject));
        }

        // A host name that is no ASCII is written as one.
        if (item.Recipients.All(r => r.DisplayName.Length < LongestName && (r.SmtpAddress ?? "").All(c => c < 0x80)))
        {
            Same("recipients", Recipients(item), Recipients(back));
        }

        // A report that has no part for programs gets one.
        if (!item.IsOfClass("REPORT") || item.Attachments.Any(a => a.Properties.GetString(PropertyTags.AttachMimeTag) is "message/delivery-status" or "message/disposition-notification"))
        {
            Same("attachments", Attachments(item), Attachments(back));
        }
    }

    private static string Words(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Each once.</summary>
    private static string Recipients(MapiItem item) => string.Join("|", item.Recipients
        .Select(r => (int)r.Kind + " " + r.SmtpAddress)
        .Distinct().OrderBy(r => r, StringComparer.Ordinal));

    /// <summary>Without the ends of lines, which are those of mail.</summary>
    private static string Attachments(MapiItem item) => string.Join("|", item.Attachments
        .Select(a => a.HasEmbeddedItem ? "item" : a.Content is BinarySource content ? content.ToArray().Count(b => b is not ((byte)'\r' or (byte)'\n')).ToString(CultureInfo.InvariantCulture) : "none").OrderBy(a => a, StringComparer.Ordinal));

    private static bool HasHalfPair(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
