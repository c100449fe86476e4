using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A name and an address as a header has them.</summary>
/// <param name="Address">The address, without a name.</param>
/// <param name="Text">Both, encoded, quoted and folded where that has to be.</param>
internal sealed record Mailbox(string Address, string Text)
{
    /// <summary>A longer one may have to be folded.</summary>
    private const int LongestPlain = 70;

    private static readonly FormatOptions s_format = MimeExport.Format();

    /// <summary>A mailbox; null where the library takes the address for none.</summary>
    /// <param name="name">The name shown, clean; empty where there is none.</param>
    /// <param name="address">The address as RFC 5322 has it.</param>
    public static Mailbox? Of(string name, string address)
    {
        if (name.Length + address.Length < LongestPlain && IsPlain(name, " ") && IsPlain(address, ".@"))
        {
            return new Mailbox(address, name.Length == 0 ? address : name + " <" + address + ">");
        }

        try
        {
            MailboxAddress mailbox = new(Encoding.UTF8, name, address);
            return new Mailbox(mailbox.Address, mailbox.ToString(s_format, encode: true));
        }
        catch (ParseException)
        {
            return null;
        }
    }

    /// <summary>Whether a text is written as it stands, as nearly all are: letters and digits, hyphens, and single other signs between them.</summary>
    private static bool IsPlain(string text, string others)
    {
        bool isInside = false;
        foreach (char c in text)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-')
            {
                isInside = true;
            }
            else if (isInside && others.IndexOf(c) >= 0)
            {
                isInside = false;
            }
            else
            {
                return false;
            }
        }

        return isInside || text.Length == 0;
    }
}
