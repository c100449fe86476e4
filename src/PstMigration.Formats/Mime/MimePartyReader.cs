using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads the lines of addresses of a message: author, sender, Reply-To, recipients.</summary>
internal sealed class MimePartyReader(HeaderList headers, LossList losses)
{
    /// <summary>Sets who wrote and who sent the message, and where answers go.</summary>
    public void ReadParties(PropertyBag p, bool isFromOwnFile)
    {
        // A name with a semicolon in it looks like two parties, of which one has the address.
        List<ItemParty> authors = Parties(HeaderId.From);
        ItemParty? from = authors.Find(a => a.Address.Length > 0) ?? authors.FirstOrDefault();
        ItemParty? sender = Parties(HeaderId.Sender).FirstOrDefault() ?? from;
        if ((from ?? sender) is ItemParty author)
        {
            string? kept = isFromOwnFile && author.AddressType.Length == 0 ? headers[OwnHeaders.Author] : null;
            MimeParty.SetAuthor(p, author, kept);
            MimeParty.SetSender(p, sender ?? author, sender == from ? kept : null);
        }

        ItemParty[] replyTo = Parties(HeaderId.ReplyTo).ToArray();
        if (replyTo.Length > 0)
        {
            p.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write(replyTo.Select(MimeParty.EntryIdOf).ToArray()));
            p.Set(PropertyTags.ReplyRecipientNames, string.Join(";", replyTo.Select(MimeParty.NameOf)));
        }
    }

    /// <summary>Adds the recipients.</summary>
    public void ReadRecipients(PropertyBag p, IList<MapiRecipient> recipients)
    {
        p.Set(PropertyTags.DisplayTo, Add(HeaderId.To, RecipientKind.To, recipients));
        p.Set(PropertyTags.DisplayCc, Add(HeaderId.Cc, RecipientKind.Cc, recipients));
        p.Set(PropertyTags.DisplayBcc, Add(HeaderId.Bcc, RecipientKind.Bcc, recipients));
    }

    /// <summary>The parties of one header's text.</summary>
    public static IReadOnlyList<ItemParty> Read(string text) =>
        AddressLine.Read(MimeAddresses.Clean(text.Replace("\r\n", "").Replace("\n", "")), t => EncodedWords.Decode(t, Encoding.UTF8))
            .Select(p => Known(p with { Name = MimeAddresses.Clean(p.Name) })).ToList();

    /// <summary>An address that says there is none is none.</summary>
    private static ItemParty Known(ItemParty party) =>
        string.Equals(party.Smtp, MailAddress.Unresolved, StringComparison.OrdinalIgnoreCase) ? new ItemParty(party.Name, null, "", "") : party;

    private string Add(HeaderId line, RecipientKind kind, IList<MapiRecipient> recipients)
    {
        List<string> names = [];
        foreach (ItemParty party in Parties(line))
        {
            recipients.Add(MimeParty.ToRecipient(party, kind));
            names.Add(MimeParty.NameOf(party));
        }

        return string.Join("; ", names);
    }

    private List<ItemParty> Parties(HeaderId line)
    {
        List<ItemParty> parties = [];
        foreach (Header header in headers.Where(h => h.Id == line))
        {
            IReadOnlyList<ItemParty> read = Read(Encoding.UTF8.GetString(header.RawValue));
            if (read.Count >= AddressLine.MostParties)
            {
                losses.Add(LossKind.TooLarge, header.Field);
            }

            foreach (ItemParty party in read)
            {
                parties.Add(party);
                if (party is { AddressType.Length: 0, Address.Length: > 0 } or { AddressType.Length: 0, Name.Length: > 0 })
                {
                    losses.Add(LossKind.AddressUnresolved, MimeParty.NameOf(party));
                }
            }
        }

        return parties;
    }
}
