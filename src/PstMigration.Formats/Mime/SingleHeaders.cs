using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Headers of which a message has at most one (RFC 5322 3.6). Stored blocks have some twice: programs on the way add what they think is missing.
/// </summary>
internal static class SingleHeaders
{
    private static readonly HashSet<HeaderId> s_single =
        [HeaderId.Date, HeaderId.From, HeaderId.Sender, HeaderId.MessageId, HeaderId.InReplyTo, HeaderId.References, HeaderId.Subject];

    // Lists, whose parts together are what one header would say.
    private static readonly HashSet<HeaderId> s_lists = [HeaderId.To, HeaderId.Cc, HeaderId.Bcc, HeaderId.ReplyTo];

    /// <summary>
    /// The headers in their order, each of those once: lists joined, of others the first; of dates the one the item was sent at, or else the
    /// first that is one. What says something else and is left out is a loss.
    /// </summary>
    public static IEnumerable<Header> Of(IReadOnlyList<Header> headers, DateTimeOffset? sent, LossList losses)
    {
        Dictionary<HeaderId, Header[]> several = headers.Where(h => s_single.Contains(h.Id) || s_lists.Contains(h.Id))
            .GroupBy(h => h.Id).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (Header header in headers)
        {
            if (!several.TryGetValue(header.Id, out Header[]? all))
            {
                yield return header;
            }
            else if (header == all[0])
            {
                yield return s_lists.Contains(header.Id) ? AddressRepair.Join(all, losses) : Choose(all, sent, losses);
            }
        }
    }

    private static Header Choose(Header[] all, DateTimeOffset? sent, LossList losses)
    {
        Header chosen = all[0].Id != HeaderId.Date ? all[0]
            : all.FirstOrDefault(h => Time(h) is DateTimeOffset time && sent is DateTimeOffset known && (time - known).Duration() < TimeSpan.FromSeconds(1))
                ?? all.FirstOrDefault(h => Time(h) is not null) ?? all[0];
        if (all.Any(h => !SaysTheSame(h, chosen)))
        {
            losses.Add(LossKind.Field, chosen.Field);
        }

        return chosen;
    }

    private static bool SaysTheSame(Header one, Header other) => one.Id == HeaderId.Date && Time(one) is DateTimeOffset time
        ? time == Time(other)
        : one.Value.Trim() == other.Value.Trim();

    private static DateTimeOffset? Time(Header header) => MailDate.Parse(header.Value);
}
