using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Computes <see cref="ItemDigest"/>s.</summary>
public static class ItemDigester
{
    /// <summary>The identity digest: Message-ID, sent time, sender's address or name.</summary>
    public static ItemDigest Identity(MapiItem item)
    {
        PropertyBag p = item.Properties;
        string sender = MailAddress.Smtp(
                p,
                PropertyTags.SentRepresentingSmtpAddress,
                PropertyTags.SentRepresentingAddressType,
                PropertyTags.SentRepresentingEmailAddress,
                PropertyTags.SentRepresentingEntryId,
                PropertyTags.SentRepresentingName)
            ?? p.GetString(PropertyTags.SentRepresentingName) ?? "";
        string sent = p.GetTime(PropertyTags.ClientSubmitTime)?.ToString("u", CultureInfo.InvariantCulture) ?? "";
        string text = string.Join("\n", p.GetString(PropertyTags.InternetMessageId) ?? "", sent, sender.ToUpperInvariant());
        using SHA256 sha = SHA256.Create();
        return new ItemDigest(DigestLevel.Identity, Hex.Lower(sha.ComputeHash(Encoding.UTF8.GetBytes(text))));
    }
}
