using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The machine-readable part of a report that came as MIME: of delivery (RFC 3464) or of reading (RFC 8098). Who it is about stands there;
/// the recipients of such an item are those the report was sent to.
/// </summary>
internal static class ReportStatusPart
{
    private const string DeliveryStatus = "message/delivery-status";
    private const string Notification = "message/disposition-notification";
    private const int MaximumLength = 1024 * 1024;
    private const int MaximumRecipients = 1000;

    /// <summary>The recipients the part tells of; empty where the item has no such part, or one that names nobody.</summary>
    /// <exception cref="MailDataException">The part cannot be read.</exception>
    public static IReadOnlyList<ReportRecipient> Read(MapiItem item)
    {
        BinarySource? part = item.Attachments.FirstOrDefault(IsStatusPart)?.Content;
        return part is { Length: <= MaximumLength }
            ? [.. Groups(Encoding.UTF8.GetString(part.ToArray())).Select(ToRecipient).OfType<ReportRecipient>().Take(MaximumRecipients)]
            : [];
    }

    private static bool IsStatusPart(MapiAttachment attachment) =>
        attachment.Properties.GetString(PropertyTags.AttachMimeTag)?.Trim() is string type
        && (type.Equals(DeliveryStatus, StringComparison.OrdinalIgnoreCase) || type.Equals(Notification, StringComparison.OrdinalIgnoreCase));

    // Groups of fields with empty lines between them; a line that begins with a blank goes on with the field before it.
    private static IEnumerable<Dictionary<string, string>> Groups(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        string name = "";
        foreach (string line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n').Append(""))
        {
            int colon = line.IndexOf(':');
            if (string.IsNullOrWhiteSpace(line))
            {
                if (fields.Count > 0)
                {
                    yield return fields;
                    fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                }

                name = "";
            }
            else if (line[0] is ' ' or '\t')
            {
                if (fields.TryGetValue(name, out string? begun))
                {
                    fields[name] = begun + " " + line.Trim();
                }
            }
            else
            {
                name = colon > 0 ? line[..colon].TrimEnd() : "";
                if (name.Length > 0 && !fields.ContainsKey(name))
                {
                    fields.Add(name, line[(colon + 1)..].Trim());
                }
            }
        }
    }

    private static ReportRecipient? ToRecipient(Dictionary<string, string> fields)
    {
        string final = Field(fields, "Final-Recipient") is { Length: > 0 } given ? given : Field(fields, "Original-Recipient");
        (string type, string address) = Typed(final);
        if (address.Length == 0)
        {
            return null;
        }

        string name = Field(fields, "X-Display-Name");
        bool isSmtp = type.Equals("rfc822", StringComparison.OrdinalIgnoreCase) && address.IndexOf('@') > 0;
        string text = Typed(Field(fields, "Diagnostic-Code")).Value is { Length: > 0 } said ? said : Field(fields, "X-Supplementary-Info");
        return new ReportRecipient(name.Length > 0 ? name : address, isSmtp ? address : null, null, null, Status(Field(fields, "Status")), text);
    }

    private static string Field(Dictionary<string, string> fields, string name) => fields.TryGetValue(name, out string? value) ? value : "";

    // "rfc822; taro@example.jp" (RFC 3464 2.3.2); without a type the address stands alone.
    private static (string Type, string Value) Typed(string field)
    {
        int semicolon = field.IndexOf(';');
        (string type, string value) = semicolon < 0 ? ("rfc822", field) : (field[..semicolon].Trim(), field[(semicolon + 1)..].Trim());
        return (type, value is ['<', .. string inner, '>'] ? inner : value);
    }

    // 5.1.1 is stored as 511 ([MS-OXCMAIL] 2.1.3.6).
    private static int? Status(string text)
    {
        string[] parts = text.Split('.', ' ', '(');
        return parts.Length >= 3 && parts.Take(3).All(n => n.Length == 1 && char.IsDigit(n[0]))
            ? int.Parse(string.Concat(parts.Take(3)), NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }
}
