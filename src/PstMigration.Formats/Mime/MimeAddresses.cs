using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Turns names and addresses of an item into mailboxes. An address is never made up: what neither the item nor the options know says so.
/// </summary>
internal sealed class MimeAddresses(MapiItem item, MimeExportOptions options, LossList losses)
{
    private Dictionary<string, string>? _known;

    public Mailbox? Of(ItemParty party) =>
        party.IsEmpty ? null : Make(party.Name, party.Smtp, party.AddressType, party.Address);

    public Mailbox? Of(MapiRecipient recipient)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        string address = recipient.Properties.GetString(PropertyTags.EmailAddress) ?? "";
        string type = recipient.Properties.GetString(PropertyTags.AddressType) ?? "";
        bool isEmpty = recipient.DisplayName.Length == 0 && recipient.SmtpAddress is null && address.Length == 0;
        return isEmpty ? null : Make(recipient.DisplayName, recipient.SmtpAddress, type, address);
    }

    public IEnumerable<Mailbox> OfReplyTo(PropertyBag properties)
    {
        foreach (byte[] id in FlatEntryList.Read(properties.GetBinary(PropertyTags.ReplyRecipientEntries) ?? []))
        {
            ReadOnlySpan<byte> inner = WrappedEntryId.Unwrap(id);
            if (OneOffEntryId.TryRead(inner, out OneOffEntryId oneOff))
            {
                bool isSmtp = oneOff.AddressType.Equals("SMTP", StringComparison.OrdinalIgnoreCase);
                yield return Make(oneOff.DisplayName, isSmtp ? oneOff.Address : null, oneOff.AddressType, oneOff.Address);
            }
            else if (ExchangeEntryId.TryRead(inner, out ExchangeEntryId exchange))
            {
                yield return Make("", null, "EX", exchange.DistinguishedName);
            }
        }
    }

    /// <summary>Names of <see cref="PropertyTags.DisplayTo"/> and the like, where the recipient table is lost.</summary>
    public IEnumerable<Mailbox> OfDisplayNames(string? names) =>
        (names ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim()).Where(n => n.Length > 0)
            .Select(n => Make(n, n, "", ""));

    /// <summary>A header of mailboxes, of which there is at least one.</summary>
    public static Header Line(string field, IEnumerable<Mailbox> mailboxes) => RawHeader.OfList(field, mailboxes.Select(m => m.Text));

    /// <summary>The mailbox of a party, its name encoded where it must be; null where its address can be none of SMTP.</summary>
    /// <param name="name">The name shown, or an empty string.</param>
    /// <param name="smtp">The address.</param>
    public static Mailbox? Make(string name, string? smtp)
    {
        if (SmtpAddress.Parse(smtp) is not SmtpAddress known)
        {
            return null;
        }

        // A name that only repeats the address, often in quotes, says nothing.
        string shown = Clean(name).Trim();
        bool repeats = shown.Trim('\'', '"', '<', '>').Equals(smtp, StringComparison.OrdinalIgnoreCase);
        return Mailbox.Of(repeats ? "" : shown, known.AddrSpec);
    }

    /// <summary>The mailbox of somebody no address of SMTP is known of.</summary>
    public static Mailbox MakeUnresolved(string name, string address)
    {
        string shown = Clean(name).Trim();
        return Mailbox.Of(shown.Length > 0 ? shown : Clean(address), MailAddress.Unresolved)!;
    }

    private Mailbox Make(string name, string? smtp, string type, string address)
    {
        bool isExchange = type.Equals("EX", StringComparison.OrdinalIgnoreCase);
        if (Make(name, smtp ?? (isExchange ? Resolve(address) : null)) is Mailbox known)
        {
            return known;
        }

        losses.Add(LossKind.AddressUnresolved, address.Length > 0 ? address : name);
        return MakeUnresolved(name, address);
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

    /// <summary>No line break, control character or half of a character may reach a header.</summary>
    public static string Clean(string text)
    {
        text = text.Replace("\0", "");
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                i++;
            }
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]))
            {
                (clean ??= new StringBuilder(text))[i] = char.IsControl(text[i]) ? ' ' : '\uFFFD';
            }
        }

        return clean?.ToString() ?? text;
    }
}
