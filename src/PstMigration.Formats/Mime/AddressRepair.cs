using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Headers of a block that is written again as it came. Most stay to the byte. One whose text was decoded before it was stored is encoded again, and a line of
/// addresses that parsers stumble over (a dot in a name without quotes, an address that is none, encoded words with a vendor's characters) is rewritten with
/// the same meaning.
/// </summary>
internal static class AddressRepair
{
    private static readonly HeaderId[] s_lines = [HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Cc, HeaderId.Bcc];

    /// <summary>Charsets whose real use has more characters than their standard, so that strict parsers take words in them for damaged.</summary>
    private static readonly string[] s_extended = ["gb2312", "shift_jis", "iso-2022-jp", "euc-kr", "ks_c_5601-1987", "big5", "euc-jp"];

    /// <summary>The header itself where it is sound, or one that says the same.</summary>
    /// <param name="header">The header, in ASCII or UTF-8.</param>
    /// <param name="losses">Takes addresses that can be none.</param>
    public static Header Repair(Header header, LossList losses)
    {
        string text = Encoding.UTF8.GetString(header.RawValue);
        bool isPlain = CharsetDetector.IsSevenBit(header.RawValue);
        if (HasExtendedWords(text))
        {
            text = EncodedWords.ToUtf8(text, Encoding.UTF8);
            header = new RawHeader(header.Field, text);
        }

        if (Array.IndexOf(s_lines, header.Id) < 0)
        {
            return isPlain ? header : TextHeader.Of(header.Field, MimeAddresses.Clean(TextHeader.Read(header)));
        }

        IReadOnlyList<ItemParty> parties = MimePartyReader.Read(text);
        return parties.Count == 0 || (isPlain && !HasBareDot(text) && IsReadAlike(header, parties)) ? header : Write(header.Field, parties, losses);
    }

    /// <summary>One line of all that several say, each party once: an open quote in one of them must not reach into the next.</summary>
    public static Header Join(IReadOnlyList<Header> lines, LossList losses)
    {
        ItemParty[] parties = [.. lines.SelectMany(h => MimePartyReader.Read(Encoding.UTF8.GetString(h.RawValue))).Distinct()];
        return parties.Length == 0 ? lines[0] : Write(lines[0].Field, parties, losses);
    }

    /// <summary>Whether a parser that goes by the book finds the same addresses.</summary>
    private static bool IsReadAlike(Header header, IReadOnlyList<ItemParty> parties)
    {
        ParserOptions strict = ParserOptions.Default.Clone();
        strict.AllowAddressesWithoutDomain = false;
        return InternetAddressList.TryParse(strict, header.RawValue, out InternetAddressList? list)
            && list.Mailboxes.Select(m => (string?)m.Address).SequenceEqual(parties.Select(p => SmtpAddress.Parse(p.Smtp)?.AddrSpec), StringComparer.Ordinal);
    }

    private static bool HasExtendedWords(string text) => text.IndexOf("=?", StringComparison.Ordinal) >= 0
        && s_extended.Any(c => text.IndexOf("=?" + c, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether a dot stands in a name outside of quotes, comments and angle brackets.</summary>
    private static bool HasBareDot(string text)
    {
        bool isQuoted = false;
        bool hasDot = false;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == '"' && depth == 0)
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted)
            {
                depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
                if (c == '<' && hasDot)
                {
                    return true;
                }

                // A dot in an address without brackets is in order.
                hasDot = c is not (',' or '>' or ';' or ':') && (hasDot || (c == '.' && depth == 0));
            }
        }

        return false;
    }

    private static Header Write(string field, IReadOnlyList<ItemParty> parties, LossList losses)
    {
        List<Mailbox> line = new(parties.Count);
        foreach (ItemParty party in parties)
        {
            if (MimeAddresses.Make(party.Name, party.Smtp) is Mailbox known)
            {
                line.Add(known);
                continue;
            }

            losses.Add(LossKind.AddressUnresolved, MimeParty.NameOf(party));
            line.Add(MimeAddresses.MakeUnresolved(party.Name, party.Address));
        }

        return MimeAddresses.Line(field, line);
    }
}
