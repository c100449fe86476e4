using System.Collections.Concurrent;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Compares what was sent with what the service made of it, and says what it ignored. Some comes with the answer to the create;
/// whether an extended property is kept is asked once a run, with the first item that has it. For several threads.
/// </summary>
internal sealed class CreateAudit(GraphClient client)
{
    private const int IdsPerRequest = 16;
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Compared by the answer itself.</summary>
    private static readonly PropertyKey[] s_answered =
        [PropertyTags.MessageFlags, PropertyTags.ClientSubmitTime, PropertyTags.MessageDeliveryTime, PropertyTags.InternetMessageId];

    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);

    /// <summary>What of a message will not arrive, by what is known of earlier ones.</summary>
    public IReadOnlyList<ItemLoss> Predict(Message message)
    {
        LossList losses = new();
        AddIgnored(message.SingleValueExtendedProperties!.Where(IsAsked), losses);
        return losses.ToList();
    }

    /// <summary>What of a message did not arrive.</summary>
    /// <param name="sent">The message as it was sent.</param>
    /// <param name="id">The service's id of it.</param>
    /// <param name="made">The answer to the create; null where it was lost.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ItemLoss>> CompareAsync(Message sent, string id, Message? made, CancellationToken cancellationToken)
    {
        LossList losses = new();
        if (made is not null)
        {
            CompareAnswer(sent, made, losses);
        }

        List<SingleValueLegacyExtendedProperty> asked = [.. sent.SingleValueExtendedProperties!.Where(IsAsked)];
        try
        {
            await AskAsync(id, [.. asked.Where(p => !_kept.ContainsKey(CacheKey(p)))], cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException)
        {
            // The item is written whatever the question is worth; the next one asks again.
        }

        AddIgnored(asked, losses);
        return losses.ToList();
    }

    private void AddIgnored(IEnumerable<SingleValueLegacyExtendedProperty> asked, LossList losses)
    {
        foreach (SingleValueLegacyExtendedProperty property in asked.Where(p => _kept.TryGetValue(CacheKey(p), out bool kept) && !kept))
        {
            bool isClass = GraphPropertyId.TryRead(property.Id, out PropertyKey key, out _) && key == PropertyTags.MessageClass;
            losses.Add(isClass ? LossKind.MessageClass : LossKind.Field, isClass ? property.Value! : key.ToString());
        }
    }

    private static void CompareAnswer(Message sent, Message made, LossList losses)
    {
        int flags = (int)(Sent(sent, PropertyTags.MessageFlags)?.Bits ?? 0);
        bool isDraft = (flags & (int)MessageFlags.Unsent) != 0;
        if ((made.IsDraft ?? isDraft) != isDraft || (made.IsRead ?? sent.IsRead) != sent.IsRead)
        {
            losses.Add(LossKind.Field, Name(PropertyTags.MessageFlags));
        }

        CompareTime(sent, PropertyTags.ClientSubmitTime, made.SentDateTime, losses);
        CompareTime(sent, PropertyTags.MessageDeliveryTime, made.ReceivedDateTime, losses);
        if (sent.InternetMessageId is string messageId && made.InternetMessageId is string madeId && madeId != messageId)
        {
            losses.Add(LossKind.Field, Name(PropertyTags.InternetMessageId));
        }

        if (sent.From?.EmailAddress?.Address is string from && made.From?.EmailAddress?.Address is string madeFrom
            && !string.Equals(from, madeFrom, StringComparison.OrdinalIgnoreCase))
        {
            losses.Add(LossKind.Field, "From");
        }
    }

    private static void CompareTime(Message sent, PropertyTag tag, DateTimeOffset? made, LossList losses)
    {
        if (made is not null && Sent(sent, tag)?.AsTime() is DateTimeOffset time && (made.Value - time).Duration() >= s_tolerance)
        {
            losses.Add(LossKind.Field, Name(tag));
        }
    }

    private async Task AskAsync(string id, IReadOnlyList<SingleValueLegacyExtendedProperty> properties, CancellationToken cancellationToken)
    {
        for (int i = 0; i < properties.Count; i += IdsPerRequest)
        {
            List<SingleValueLegacyExtendedProperty> some = [.. properties.Skip(i).Take(IdsPerRequest)];
            string expand = GraphPropertyId.Expand("singleValueExtendedProperties", [.. some.Select(p => p.Id!)]);
            Message? message = await GraphErrors.CallAsync(() => client.User.Messages[id].GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id"];
                    c.QueryParameters.Expand = [expand];
                },
                cancellationToken)).ConfigureAwait(false);
            foreach (SingleValueLegacyExtendedProperty property in some)
            {
                string? kept = message?.SingleValueExtendedProperties?.FirstOrDefault(p => GraphPropertyId.Same(p.Id, property.Id))?.Value;
                _kept[CacheKey(property)] = IsSame(property, kept);
            }
        }
    }

    private static bool IsSame(SingleValueLegacyExtendedProperty sent, string? kept)
    {
        if (kept is null || !GraphPropertyId.TryRead(sent.Id, out _, out PropertyType type))
        {
            return false;
        }

        return type != PropertyType.Time
            ? string.Equals(sent.Value?.TrimEnd(), kept.TrimEnd(), StringComparison.OrdinalIgnoreCase)
            : GraphPropertyText.TryRead(type, sent.Value)?.AsTime() is DateTimeOffset a && GraphPropertyText.TryRead(type, kept)?.AsTime() is DateTimeOffset b
                && (a - b).Duration() < s_tolerance;
    }

    /// <summary>Standard properties; named ones are kept by their nature.</summary>
    private static bool IsAsked(SingleValueLegacyExtendedProperty property) =>
        GraphPropertyId.TryRead(property.Id, out PropertyKey key, out _) && key.Name is null && !s_answered.Contains(key);

    /// <summary>A class is kept or not for itself; another property whatever its value.</summary>
    private static string CacheKey(SingleValueLegacyExtendedProperty property) =>
        GraphPropertyId.TryRead(property.Id, out PropertyKey key, out _) && key == PropertyTags.MessageClass ? property.Id + property.Value : property.Id!;

    private static PropertyValue? Sent(Message sent, PropertyTag tag)
    {
        string id = GraphPropertyId.Write(tag, tag.Type);
        return GraphPropertyText.TryRead(tag.Type, sent.SingleValueExtendedProperties!.FirstOrDefault(p => p.Id == id)?.Value);
    }

    private static string Name(PropertyTag tag) => tag.ToPropertyKey().ToString();
}
