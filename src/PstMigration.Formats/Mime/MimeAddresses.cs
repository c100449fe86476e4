using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Turns names and addresses of an item into mailboxes. An address is never made up: what neither the item nor the options know says so.
/// </summary>
internal sealed class MimeAddresses(MapiItem item, MimeExportOptions options, LossList losses)
{
    /// <summary>A reserved domain (RFC 2606): nothing sent there arrives anywhere.</summary>
    public const string Unresolved = "unresolved@ex.invalid";

    private Dictionary<string, string>? _known;

    public MailboxAddress? Of(ItemParty party) =>
        party.IsEmpty ? null : Make(party.Name, party.Smtp, party.AddressType, party.Address);

    public MailboxAddress? Of(MapiRecipient recipient)
    {
        string address = recipient.Properties.GetString(PropertyTags.EmailAddress) ?? "";
        string type = recipient.Properties.GetString(PropertyTags.AddressType) ?? "";
        bool isEmpty = recipient.DisplayName.Length == 0 && recipient.SmtpAddress is null && address.Length == 0;
        return isEmpty ? null : Make(recipient.DisplayName, recipient.SmtpAddress, type, address);
    }

    public IEnumerable<MailboxAddress> OfReplyTo(PropertyBag properties)
    {
        foreach (byte[] id in FlatEntryList.Read(properties.GetBinary(PropertyTags.ReplyRecipientEntries) ?? []))
        {
            ReadOnlySpan<byte> inner = WrappedEntryId.Unwrap(id);
            if (OneOffEntryId.TryRead(inner, out OneOffEntryId oneOff))
            {
                bool isSmtp = oneOff.AddressType.Equals("SMTP", StringComparison.OrdinalIgnoreCase) && oneOff.Address.IndexOf('@') > 0;
                yield return Make(oneOff.DisplayName, isSmtp ? oneOff.Address : null, oneOff.AddressType, oneOff.Address);
            }
            else if (ExchangeEntryId.TryRead(inner, out ExchangeEntryId exchange))
            {
                yield return Make("", null, "EX", exchange.DistinguishedName);
            }
        }
    }

    /// <summary>Names of <see cref="PropertyTags.DisplayTo"/> and the like, where the recipient table is lost.</summary>
    public IEnumerable<MailboxAddress> OfDisplayNames(string? names) =>
        (names ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim()).Where(n => n.Length > 0)
            .Select(n => Make(n, n.IndexOf('@') > 0 && n.IndexOf(' ') < 0 ? n : null, "", ""));

    private MailboxAddress Make(string name, string? smtp, string type, string address)
    {
        bool isExchange = type.Equals("EX", StringComparison.OrdinalIgnoreCase);
        string? known = smtp ?? (isExchange ? Resolve(address) : null);
        string shown = Clean(name).Trim();
        if (known is null)
        {
            losses.Add(LossKind.AddressUnresolved, address.Length > 0 ? address : name);
            return new MailboxAddress(Encoding.UTF8, shown.Length > 0 ? shown : Clean(address), Unresolved);
        }

        // A name that only repeats the address, often in quotes, says nothing.
        bool repeats = shown.Trim('\'', '"', '<', '>').Equals(known, StringComparison.OrdinalIgnoreCase);
        return new MailboxAddress(Encoding.UTF8, repeats ? "" : shown, Clean(known).Trim());
    }

    private string? Resolve(string exchange) =>
        options.ResolveExchangeAddress?.Invoke(exchange) ?? ((_known ??= ListKnown()).TryGetValue(exchange, out string? smtp) ? smtp : null);

    /// <summary>Who stands twice in an item may have the SMTP address in one place only.</summary>
    private Dictionary<string, string> ListKnown()
    {
        Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<(string? Exchange, string? Smtp)> parties = item.Recipients.Select(r => (r.Properties.GetString(PropertyTags.EmailAddress), r.SmtpAddress))
            .Concat(new[] { ItemParty.Author(item.Properties), ItemParty.Sender(item.Properties) }.Select(p => ((string?)p.Address, p.Smtp)));
        foreach ((string? exchange, string? smtp) in parties)
        {
            if (exchange is { Length: > 0 } && smtp is not null)
            {
                known[exchange] = smtp;
            }
        }

        return known;
    }

    /// <summary>No line break or control character may reach a header.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (char c in text)
        {
            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return clean.ToString();
    }
}
