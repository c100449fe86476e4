using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What makes the ids MIME needs and the item does not have: Message-ID, boundaries, Content-IDs. They follow from the item, so
/// that writing it again gives the same bytes and a second import finds the first.
/// </summary>
internal sealed class MimeIdentity
{
    private const string Domain = MadeMessageId.Domain;
    private readonly string _hash;
    private int _boundaries;
    private int _contentIds;

    private MimeIdentity(string hash) => _hash = hash;

    public string MessageId => _hash.Substring(0, 32) + "@" + Domain;

    public string ContentIdDomain => _hash.Substring(32, 16) + "." + Domain;

    public static MimeIdentity Of(MapiItem item)
    {
        string text = ItemDigester.Identity(item).Hex
            + "\n" + Convert.ToBase64String(item.Properties.GetBinary(PropertyTags.SearchKey) ?? item.Properties.GetBinary(PropertyTags.RecordKey) ?? [])
            + "\n" + item.Subject
            + "\n" + (item.Properties.GetTime(PropertyTags.CreationTime)?.ToString("u", CultureInfo.InvariantCulture) ?? "");
        return new MimeIdentity(Sha256.Hex(text));
    }

    public string NextBoundary() =>
        "=_" + _hash.Substring(48, 16) + "_" + (++_boundaries).ToString(CultureInfo.InvariantCulture);

    public string NextContentId() =>
        "part" + (++_contentIds).ToString(CultureInfo.InvariantCulture) + "@" + ContentIdDomain;
}
