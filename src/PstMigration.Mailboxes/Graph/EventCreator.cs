using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Writes calendar items: one create with everything the service takes at once, then the occurrences that differ, then attachments. Until the last of them
/// is there the item is known as incomplete, and a later run completes it.
/// </summary>
internal sealed class EventCreator(GraphClient client, GraphCopies copies)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    private readonly EventItems _events = (EventItems)client.Items(GraphFolderKind.Calendar);

    /// <summary>Makes the requests. Any thread.</summary>
    /// <exception cref="MailDataException">The item does not say when it is.</exception>
    public EventPlan Plan(MapiItem item, ItemProvenance provenance, IReadOnlyList<ItemLoss> folderLosses, MessageDetail detail)
    {
        EventPlan plan = EventPlan.Create(item, provenance, detail, client.MeasureJson);
        return plan with { Losses = [.. plan.Losses, .. folderLosses] };
    }

    public async Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken)
    {
        ItemProvenance provenance = prepared.Provenance;
        EventPlan plan = prepared.Event!;
        GraphCopy? begun = copies.Incomplete(Provenance.MarkerOf(provenance));
        GraphCopy? made = begun;
        Event? answer = null;
        for (MessageDetail detail = MessageDetail.Full; made is null;)
        {
            try
            {
                (made, answer) = await CreateAsync(prepared, plan, cancellationToken).ConfigureAwait(false);
                if (made is null)
                {
                    return new WriteResult(ItemFate.Unsure, null, plan.Losses, MailboxErrorIds.ItemUnsure.Name, Strings.ItemUnsure);
                }
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail == MessageDetail.Full)
            {
                detail = MessageDetail.Essential;
                plan = Plan(prepared.Item, provenance, prepared.FolderLosses, detail);
            }
        }

        List<ItemLoss> late = [.. Compare(plan.Event, answer)];
        if (plan.PartCount > 0)
        {
            copies.Add(provenance, plan.Losses, made, isWhole: false);
            late.AddRange(await ChangeOccurrencesAsync(made, plan, cancellationToken).ConfigureAwait(false));
            if (await AddAttachmentsAsync(made, plan, provenance, begun is not null, cancellationToken).ConfigureAwait(false) is WriteResult failure)
            {
                return failure;
            }
        }

        IReadOnlyList<ItemLoss> losses = [.. plan.Losses.Union(late)];
        copies.Add(provenance, losses, made, isWhole: true);
        if (late.Count > 0)
        {
            int parts = await _events.CountPartsAsync(made, cancellationToken).ConfigureAwait(false);
            SingleValueLegacyExtendedProperty count = new() { Id = Provenance.AttachmentCountId, Value = parts.ToString(CultureInfo.InvariantCulture) };
            await CopyNotes.WriteAsync(client, made, [Provenance.Losses(losses), count], cancellationToken).ConfigureAwait(false);
        }

        return WriteResult.Copied(new ItemKey(client.StoreKey, made.Id), losses);
    }

    /// <summary>Creates the item; without a copy where the answer was lost and the item is not found.</summary>
    private async Task<(GraphCopy? Made, Event? Answer)> CreateAsync(GraphPreparedItem prepared, EventPlan plan, CancellationToken cancellationToken)
    {
        string calendarId = prepared.Folder.Id!;
        Provenance.AddPlace(plan.Event.SingleValueExtendedProperties!, calendarId, prepared.Replaces, plan.Losses);
        try
        {
            Event? created = await GraphErrors.CallAsync(() => client.User.Calendars[calendarId].Events.PostAsync(
                plan.Event, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return (new GraphCopy(id, GraphFolderKind.Calendar, created.CreatedDateTime ?? client.Clock.GetUtcNow(), plan.PartCount), created);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemMarker marker = Provenance.MarkerOf(prepared.Provenance);
        ItemSearch search = new(GraphFolderKind.Calendar, calendarId, marker, null);
        copies.AddUnsure(marker, search);
        return ((await search.FindAsync(client, cancellationToken).ConfigureAwait(false))?.Copy, null);
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
            catch (Exception e) when (MessageCreator.IsOfThisItem(e))
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
        EventCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.Events[seriesId].Instances.GetAsync(
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
            await GraphErrors.CallAsync(() => client.User.Events[id].PatchAsync(exception.Change, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return true;
        }

        try
        {
            await GraphErrors.CallAsync(() => client.User.Events[id].DeleteAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
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

    private async Task<WriteResult?> AddAttachmentsAsync(GraphCopy made, EventPlan plan, ItemProvenance provenance, bool isBegun, CancellationToken cancellationToken)
    {
        if (plan.Attachments.Count == 0)
        {
            return null;
        }

        EventAttachments attachments = new(client, made.Id);
        List<string> there = isBegun ? await attachments.ReadNamesAsync(cancellationToken).ConfigureAwait(false) : [];
        int before = there.Count;
        AttachmentAdder adder = new(attachments);
        foreach (PlannedAttachment attachment in plan.Attachments.Where(a => !there.Remove(a.Name)).ToArray())
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (MessageCreator.IsOfThisItem(e))
            {
                if (!isBegun)
                {
                    await ItemRemoval.TakeBackAsync(client, made, cancellationToken).ConfigureAwait(false);
                    copies.Forget(Provenance.MarkerOf(provenance));
                }

                return WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, attachment.Name, Redaction.Clean(e.Message)));
            }
        }

        return null;
    }
}
