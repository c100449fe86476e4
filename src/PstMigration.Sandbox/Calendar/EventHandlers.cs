using System.Globalization;
using System.Net;

namespace PstMigration.Sandbox;

/// <summary>Calendar items: single ones, series, occurrences.</summary>
internal static class EventHandlers
{
    private const int MostInstances = 1000;

    public static GraphAnswer List(GraphCall call)
    {
        EventJson.Check(call);
        (List<MailItem> items, long? total, bool more) = ItemLists.Select(call, ItemKind.Event, Calendar(call), EventFields.Filters, "i.number");
        return call.Collection("events", items, (body, item) => EventJson.Write(call, body, new EventRow(item)), body => ItemLists.WriteLinks(call, body, total, more));
    }

    public static GraphAnswer Count(GraphCall call) => ItemLists.Count(call, ItemKind.Event, Calendar(call), EventFields.Filters);

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, Row(call));

    public static GraphAnswer Create(GraphCall call)
    {
        EventRow row = new(new MailItem { Kind = ItemKind.Event, Folder = Calendar(call).Number });
        ReadInto(call, row);
        EventRules.Complete(call, row);
        call.Store.Items.Insert(row.Item);
        call.Store.CountInvitations(row.Item);
        return One(call, HttpStatusCode.Created, row);
    }

    /// <summary>Changes an item. An occurrence becomes one of its own.</summary>
    public static GraphAnswer Update(GraphCall call)
    {
        EventRow row = Row(call);
        bool isNew = row.IsOccurrence && !row.IsException;
        if (isNew)
        {
            row = EventRules.Detach(call, row);
        }

        ReadInto(call, row);
        EventRules.Check(call, row);
        if (isNew)
        {
            call.Store.Items.Insert(row.Item);
        }
        else
        {
            call.Store.Items.Update(row.Item);
        }

        if (row.Master is not null)
        {
            // A series has changed with its occurrence.
            call.Store.Items.Update(row.Master);
        }

        call.Store.CountInvitations(row.Item);
        return One(call, HttpStatusCode.OK, row);
    }

    /// <summary>Takes away an item, a series with all that hangs on it, or one occurrence.</summary>
    public static GraphAnswer Delete(GraphCall call)
    {
        EventRow row = Row(call);
        if (row.Master is MailItem master)
        {
            if (row.IsException)
            {
                call.Store.Items.Delete(row.Item);
            }

            string day = row.Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            master.Properties.SetAll(EventTags.Cancelled, [.. master.Properties.GetStrings(EventTags.Cancelled), day]);
            call.Store.Items.Update(master);
            return GraphAnswer.NoContent;
        }

        EventRow.Changed(call.Store, row.Item).ForEach(e => call.Store.Items.Delete(e.Item));
        call.Store.Items.Delete(row.Item);
        return GraphAnswer.NoContent;
    }

    /// <summary>The occurrences of a series within a range (api/event-list-instances).</summary>
    public static GraphAnswer Instances(GraphCall call)
    {
        EventJson.Check(call);
        call.Query.Allow("$select", "$top", "$skip", "$expand", "$count");
        DateTime from = Bound(call, "startDateTime");
        DateTime to = Bound(call, "endDateTime");
        EventRow series = Row(call);
        int size = ItemLists.PageSize(call);
        List<EventRow> found =
        [
            .. EventRow.Occurrences(call.Store, series.Item)
                .TakeWhile(o => o.OriginalStart!.Utc < to.AddYears(1))
                .Where(o => o.Start!.Utc < to && o.End!.Utc > from)
                .OrderBy(o => o.Start!.Utc)
                .Take(MostInstances),
        ];
        List<EventRow> page = [.. found.Skip((int)call.Query.Skip).Take(size)];
        return call.Collection(
            "events/instances",
            page,
            (body, row) => EventJson.Write(call, body, row),
            body => ItemLists.WriteLinks(call, body, call.Query.Count ? found.Count : null, found.Count > call.Query.Skip + page.Count));
    }

    /// <summary>The item a URL names.</summary>
    public static EventRow Row(GraphCall call)
    {
        string text = call.Parameter("event");
        if (!GraphId.TryParse(text, call.Store.MailboxGuid, out GraphId id) || id.Kind is not (IdKind.Item or IdKind.Occurrence))
        {
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        }

        MailItem? item = call.Store.Items.Find(id.Number);
        if (item?.Kind != ItemKind.Event || (!id.IsImmutable && id.Generation != item.Generation) || (call.Has("calendar") && item.Folder != Calendar(call).Number))
        {
            throw GraphException.ItemNotFound();
        }

        return id.Kind == IdKind.Item ? new EventRow(item) : EventRow.Occurrence(call.Store, item, EventRow.Epoch.AddDays(id.Part)) ?? throw GraphException.ItemNotFound();
    }

    /// <summary>The calendar a URL names; without one the default.</summary>
    public static FolderRow Calendar(GraphCall call) => call.Has("calendar")
        ? call.Folder("calendar", ItemKind.Event)
        : call.Store.Folders.FindWellKnown(DefaultFolders.Calendar) ?? throw GraphException.ItemNotFound();

    private static DateTime Bound(GraphCall call, string name) =>
        call.Query.Value(name) is string text
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : throw GraphException.BadRequest("ErrorInvalidParameter", $"This request requires a time window specified by the query string parameters StartDateTime and EndDateTime: {name}.");

    private static void ReadInto(GraphCall call, EventRow row)
    {
        EventFields.All.Read(call.Body, row);
        ExtendedProperties.ReadAll(call.Body, row.Item.Properties);
        foreach (ExtendedPropertyId id in new[] { Tags.MessageFlags, Tags.ReceivedTime, Tags.CreationTime, Tags.ModificationTime, Tags.HasAttachments })
        {
            row.Item.Properties.Forget(id);
        }
    }

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, EventRow row)
    {
        call.Query.Allow("$select", "$expand");
        EventJson.Check(call);
        return call.Entity(status, "events", body => EventJson.Write(call, body, row));
    }
}
