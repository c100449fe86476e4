using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Writes calendar items: one create with everything the service takes at once, then the occurrences that differ, then attachments.
/// </summary>
internal sealed class EventCreator(GraphClient client, GraphCopies copies, GivenBack givenBack) : ItemCreator<EventPlan, Event>(GraphFolderKind.Calendar, client, copies, givenBack)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    private readonly EventItems _events = (EventItems)client.Items(GraphFolderKind.Calendar);

    /// <inheritdoc/>
    protected override ItemPlan Plan(MapiItem item, ItemProvenance provenance, MessageDetail detail) => EventPlan.Create(item, provenance, detail, Client.MeasureJson);

    /// <inheritdoc/>
    protected override Task<Event?> PostAsync(string folderId, EventPlan plan, CancellationToken cancellationToken) =>
        Client.User.Calendars[folderId].Events.PostAsync(plan.Event, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    protected override MapiItem Read(EventPlan plan, Event? answer)
    {
        Event item = answer ?? new Event();
        (item.SingleValueExtendedProperties, item.MultiValueExtendedProperties) = (plan.Extended, plan.Event.MultiValueExtendedProperties);
        return EventReader.Read(item, []);
    }

    /// <inheritdoc/>
    protected override async Task<WriteResult?> AddPartsAsync(GraphCopy made, EventPlan plan, bool isBegun, List<ItemLoss> late, CancellationToken cancellationToken)
    {
        late.AddRange(await ChangeOccurrencesAsync(made, plan, cancellationToken).ConfigureAwait(false));
        return await AddAttachmentsAsync(new EventAttachments(Client, made.Id), plan.Attachments, inside: 0, isBegun, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<ItemLoss>> CompareAsync(EventPlan plan, GraphCopy made, Event? answer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ItemLoss>>([.. Compare(plan.Event, answer)]);

    /// <summary>How much there is: occurrences the service did not take will never come.</summary>
    protected override async Task<List<SingleValueLegacyExtendedProperty>> NotesAsync(GraphCopy made, CancellationToken cancellationToken)
    {
        int parts = await _events.CountPartsAsync(made, cancellationToken).ConfigureAwait(false);
        return [new() { Id = Provenance.AttachmentCountId, Value = parts.ToString(CultureInfo.InvariantCulture) }];
    }

    /// <summary>What the service made of the times.</summary>
    private static IEnumerable<ItemLoss> Compare(Event sent, Event? made)
    {
        if (made is null || EventTimes.Of(sent, null) is not EventTimes wanted || EventTimes.Of(made, null) is not EventTimes got)
        {
            yield break;
        }

        bool isSame = wanted.IsAllDay == got.IsAllDay && (wanted.IsAllDay
            ? wanted.Start == got.Start && wanted.End == got.End
            : wanted.StartZone.ToUtc(wanted.Start) == got.StartZone.ToUtc(got.Start) && wanted.EndZone.ToUtc(wanted.End) == got.EndZone.ToUtc(got.End));
        if (!isSame)
        {
            yield return new ItemLoss(LossKind.Field, "Start");
        }

        if (EventRecurrence.Describe(sent.Recurrence) != EventRecurrence.Describe(made.Recurrence))
        {
            yield return new ItemLoss(LossKind.Field, "Recurrence");
        }
    }

    /// <summary>Leaves out and changes occurrences; gives those the service did not take.</summary>
    private async Task<IReadOnlyList<ItemLoss>> ChangeOccurrencesAsync(GraphCopy made, EventPlan plan, CancellationToken cancellationToken)
    {
        List<ItemLoss> losses = [];
        foreach (EventException exception in plan.Exceptions)
        {
            try
            {
                if (!await ChangeOccurrenceAsync(made.Id, exception, plan.Event.Start!.TimeZone!, cancellationToken).ConfigureAwait(false))
                {
                    losses.Add(Lost(exception));
                }
            }
            catch (Exception e) when (GraphErrors.IsOfOneItem(e))
            {
                losses.Add(Lost(exception));
            }
        }

        return losses;
    }

    private static ItemLoss Lost(EventException exception) =>
        new(LossKind.Field, "Occurrence " + exception.Original.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>False where the series has no such occurrence.</summary>
    private async Task<bool> ChangeOccurrenceAsync(string seriesId, EventException exception, string zoneName, CancellationToken cancellationToken)
    {
        EventZone zone = EventZone.Named(zoneName, null) ?? EventZone.Utc;
        DateTimeOffset original = zone.ToUtc(exception.Original);
        EventCollectionResponse? page = await GraphErrors.CallAsync(() => Client.User.Events[seriesId].Instances.GetAsync(
            c =>
            {
                c.QueryParameters.StartDateTime = original.AddDays(-1).ToString(Format, CultureInfo.InvariantCulture);
                c.QueryParameters.EndDateTime = original.AddDays(2).ToString(Format, CultureInfo.InvariantCulture);
                c.QueryParameters.Select = ["id", "type", "start", "end", "isAllDay", "originalStart", "originalStartTimeZone"];
            },
            cancellationToken)).ConfigureAwait(false);
        if ((page?.Value ?? []).Find(e => IsOn(e, exception.Original.Date, zone)) is not { Id: { Length: > 0 } id })
        {
            // One that was left out, or moved far away, by a run that was killed then.
            return await IsChangedAsync(seriesId, exception, zone, cancellationToken).ConfigureAwait(false);
        }

        if (exception.Change is not null)
        {
            await GraphErrors.CallAsync(() => Client.User.Events[id].PatchAsync(exception.Change, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return true;
        }

        try
        {
            await GraphErrors.CallAsync(() => Client.User.Events[id].DeleteAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (AmbiguousResponseException)
        {
            return await IsChangedAsync(seriesId, exception, zone, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsChangedAsync(string seriesId, EventException exception, EventZone zone, CancellationToken cancellationToken)
    {
        Event? series = await _events.ReadSeriesAsync(seriesId, cancellationToken).ConfigureAwait(false);
        string day = exception.Original.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return exception.Change is null
            ? series?.CancelledOccurrences?.Exists(o => o.EndsWith(day, StringComparison.Ordinal)) == true
            : series?.ExceptionOccurrences?.Exists(e => IsOn(e, exception.Original.Date, zone)) == true;
    }

    /// <summary>Whether an occurrence is the one of a day.</summary>
    private static bool IsOn(Event occurrence, DateTime day, EventZone zone)
    {
        DateTime? start = occurrence.OriginalStart is DateTimeOffset original && (occurrence.Type == EventType.Exception || occurrence.Start is null)
            ? (occurrence.IsAllDay == true && original.TimeOfDay == TimeSpan.Zero ? original.UtcDateTime : zone.ToLocal(original))
            : EventTimes.In(zone, occurrence.Start, occurrence.IsAllDay == true);
        return start?.Date == day;
    }
}
