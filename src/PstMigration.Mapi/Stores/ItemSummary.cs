namespace PstMigration.Mapi;

/// <summary>What is known of an item without opening it. Times are UTC.</summary>
public sealed record ItemSummary
{
    /// <summary>Nothing is known.</summary>
    public static ItemSummary Unknown { get; } = new();

    /// <summary>Whether every field is known, an absent one to be absent. Otherwise a field that is null may have a value in the item.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The message class, such as IPM.Note.</summary>
    public string? MessageClass { get; init; }

    /// <summary>The subject as people see it.</summary>
    public string? Subject { get; init; }

    /// <summary>The author's name; the address where there is no name.</summary>
    public string? Sender { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentTime { get; init; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? ReceivedTime { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? ModifiedTime { get; init; }

    /// <summary>When an appointment takes place; null for anything else.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Bytes, as the store counts them.</summary>
    public long? Size { get; init; }

    /// <summary>Read, unsent, with attachments and so on.</summary>
    public MessageFlags? Flags { get; init; }

    /// <summary>The time an item is listed and filtered by: when it takes place, or arrived, or was sent, or was changed.</summary>
    public DateTimeOffset? Time => StartTime ?? ReceivedTime ?? SentTime ?? ModifiedTime;

    /// <summary>When an appointment takes place; null for anything else.</summary>
    public static DateTimeOffset? StartTimeOf(MapiItem item) =>
        (item ?? throw new ArgumentNullException(nameof(item))).IsOfClass("IPM.Appointment") ? item.Properties.GetTime(PropertyNames.AppointmentStart) : null;

    /// <summary>The summary of an opened item.</summary>
    public static ItemSummary Of(MapiItem item)
    {
        PropertyBag p = (item ?? throw new ArgumentNullException(nameof(item))).Properties;
        ItemParty author = ItemParty.Author(p);
        MessageFlags flags = item.Flags & ~MessageFlags.HasAttachments;
        return new ItemSummary
        {
            IsComplete = true,
            MessageClass = item.MessageClass,
            Subject = item.Subject,
            Sender = author.Name.Length > 0 ? author.Name : author.Smtp ?? "",
            SentTime = p.GetTime(PropertyTags.ClientSubmitTime),
            ReceivedTime = p.GetTime(PropertyTags.MessageDeliveryTime),
            ModifiedTime = p.GetTime(PropertyTags.LastModificationTime),
            StartTime = StartTimeOf(item),
            Size = p.GetInt32(PropertyTags.MessageSize),
            Flags = item.Attachments.Count > 0 ? flags | MessageFlags.HasAttachments : flags,
        };
    }
}
