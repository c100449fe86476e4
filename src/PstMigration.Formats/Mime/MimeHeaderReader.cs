using System.Globalization;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads headers into properties and recipients ([MS-OXCMAIL]).</summary>
internal static class MimeHeaderReader
{
    /// <summary>Headers of a program's own that are kept as properties, at most; the header block has all.</summary>
    private const int MaximumOwnHeaders = 128;

    private static readonly HashSet<string> s_mapped = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Priority", "X-MSMail-Priority", "X-Message-Flag", "X-Unsent",
    };

    /// <summary>Reads the headers.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="item">Gets the properties and recipients.</param>
    /// <param name="losses">Takes what cannot be kept.</param>
    public static void Read(MimeMessage message, MimeImportOptions options, MapiItem item, LossList losses)
    {
        PropertyBag p = item.Properties;
        MimePartyReader parties = new(message.Headers, losses);
        parties.ReadParties(p, options.IsFromOwnFile);
        parties.ReadRecipients(p, item.Recipients);
        ReadSubject(message, p);
        MimeDates.Read(message.Headers, options, p, losses);
        ReadThread(message, p);
        ReadImportance(message.Headers, p);
        ReadState(message.Headers, p);
        ReadOwnHeaders(message.Headers, p);
    }

    private static void ReadSubject(MimeMessage message, PropertyBag p)
    {
        string subject = MimeAddresses.Clean(TextHeader.Read(message.Headers, "Subject") ?? "");
        int prefix = PrefixLength(subject);
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.SubjectPrefix, subject.Substring(0, prefix));
        p.Set(PropertyTags.NormalizedSubject, subject.Substring(prefix));
    }

    /// <summary>[MS-OXCMSG] 2.2.1.9: one to three characters that are no digits, a colon and a blank.</summary>
    private static int PrefixLength(string subject)
    {
        int colon = subject.IndexOf(':');
        bool isPrefix = colon is >= 1 and <= 3 && colon + 1 < subject.Length && subject[colon + 1] == ' '
            && subject.Take(colon).All(c => !char.IsDigit(c) && !char.IsWhiteSpace(c));
        return isPrefix ? colon + 2 : 0;
    }

    private static void ReadThread(MimeMessage message, PropertyBag p)
    {
        HeaderList headers = message.Headers;
        SetText(p, PropertyTags.InternetMessageId, headers[HeaderId.MessageId]);
        SetText(p, PropertyTags.InReplyToId, headers[HeaderId.InReplyTo]);
        SetText(p, PropertyTags.InternetReferences, headers[HeaderId.References]);
        p.Set(PropertyTags.ConversationTopic, (TextHeader.Read(headers, "Thread-Topic") is string topic ? MimeAddresses.Clean(topic) : null) ?? p.GetString(PropertyTags.NormalizedSubject));
        if (headers["Thread-Index"] is string index && TryDecode(index, out byte[] bytes))
        {
            p.Set(PropertyTags.ConversationIndex, bytes);
        }
    }

    private static void ReadImportance(HeaderList headers, PropertyBag p)
    {
        string text = (headers[HeaderId.Importance] ?? headers["X-MSMail-Priority"] ?? headers[HeaderId.XPriority] ?? headers[HeaderId.Priority] ?? "").Trim();
        int importance = text.Length == 0 ? 1 : char.ToUpperInvariant(text[0]) switch
        {
            'H' or 'U' or '1' or '2' => 2,
            'L' or '4' or '5' => 0,

            // "Normal" and "non-urgent" begin alike.
            'N' when text.StartsWith("non", StringComparison.OrdinalIgnoreCase) => 0,
            _ => 1,
        };
        p.Set(PropertyTags.Importance, importance);
        p.Set(PropertyTags.Priority, importance - 1);
        p.Set(PropertyTags.Sensitivity, headers[HeaderId.Sensitivity]?.Trim().ToUpperInvariant() switch
        {
            "PERSONAL" => 1,
            "PRIVATE" => 2,
            "COMPANY-CONFIDENTIAL" => 3,
            _ => 0,
        });
    }

    private static void ReadState(HeaderList headers, PropertyBag p)
    {
        if (headers.Contains(HeaderId.DispositionNotificationTo))
        {
            p.Set(PropertyTags.ReadReceiptRequested, true);
        }

        if (headers.Contains(HeaderId.ReturnReceiptTo))
        {
            p.Set(PropertyTags.DeliveryReportRequested, true);
        }

        string[] categories = headers.Where(h => h.Id == HeaderId.Keywords).SelectMany(h => MailPhrases.Read(Encoding.UTF8.GetString(h.RawValue)))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (categories.Length > 0)
        {
            p.Set(PropertyNames.Keywords, categories);
        }

        if (headers["X-Message-Flag"]?.Trim() is { Length: > 0 } flag)
        {
            const int Flagged = 2;
            p.Set(PropertyNames.FlagRequest, flag);
            p.Set(PropertyTags.FlagStatus, Flagged);
            Set(p, PropertyTags.ReplyTime, Date(headers["Reply-By"]));
        }

        Set(p, PropertyTags.ExpiryTime, Date(headers["Expires"] ?? headers["Expiry-Date"]));
        SetText(p, PropertyTags.ListHelp, headers[HeaderId.ListHelp]);
        SetText(p, PropertyTags.ListSubscribe, headers[HeaderId.ListSubscribe]);
        SetText(p, PropertyTags.ListUnsubscribe, headers[HeaderId.ListUnsubscribe]);
    }

    private static void ReadOwnHeaders(HeaderList headers, PropertyBag p)
    {
        int count = 0;
        foreach (Header header in headers.Where(h => h.Field.StartsWith("X-", StringComparison.OrdinalIgnoreCase) && !s_mapped.Contains(h.Field) && !OwnHeaders.IsOwn(h.Field)))
        {
            PropertyName name = new(PropertySets.InternetHeaders, header.Field.ToLower(CultureInfo.InvariantCulture));
            if (!p.Contains(name) && count++ < MaximumOwnHeaders)
            {
                p.Set(name, MimeAddresses.Clean(TextHeader.Read(header)));
            }
        }
    }

    private static DateTimeOffset? Date(string? text) => text is null ? null : MailDate.Parse(text);

    private static void Set(PropertyBag p, PropertyTag tag, DateTimeOffset? time)
    {
        if (time is DateTimeOffset value && MapiTime.CanHold(value))
        {
            p.Set(tag, value);
        }
    }

    private static void SetText(PropertyBag p, PropertyTag tag, string? text)
    {
        string clean = MimeAddresses.Clean(text ?? "").Trim();
        p.Set(tag, clean.Length > 0 ? clean : null);
    }

    private static bool TryDecode(string base64, out byte[] bytes)
    {
        try
        {
            bytes = Convert.FromBase64String(string.Concat(base64.Where(c => !char.IsWhiteSpace(c))));
            return bytes.Length > 0;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
