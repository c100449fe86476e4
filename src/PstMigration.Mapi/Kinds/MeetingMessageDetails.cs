namespace PstMigration.Mapi;

/// <summary>A message about a meeting ([MS-OXOCAL] 2.2.5 to 2.2.9).</summary>
public sealed record MeetingMessageDetails : ItemDetails
{
    private static readonly (string Family, MeetingMessageKind Kind)[] s_families =
    [
        ("IPM.Schedule.Meeting.Request", MeetingMessageKind.Request),
        ("IPM.Schedule.Meeting.Canceled", MeetingMessageKind.Cancellation),
        ("IPM.Schedule.Meeting.Resp.Pos", MeetingMessageKind.Accepted),
        ("IPM.Schedule.Meeting.Resp.Neg", MeetingMessageKind.Declined),
        ("IPM.Schedule.Meeting.Resp.Tent", MeetingMessageKind.Tentative),
        ("IPM.Schedule.Meeting.Notification.Forward", MeetingMessageKind.Forwarded),
    ];

    private static readonly PropertyName s_proposedStart = new(PropertySets.Appointment, 0x8250);
    private static readonly PropertyName s_proposedEnd = new(PropertySets.Appointment, 0x8251);
    private static readonly PropertyName s_counterProposal = new(PropertySets.Appointment, 0x8257);

    internal MeetingMessageDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        MeetingKind = KindOf(item.MessageClass);
        From = ItemParty.Author(p);
        Sent = p.Date(PropertyTags.ClientSubmitTime);
        Received = p.Date(PropertyTags.MessageDeliveryTime);
        Meeting = new AppointmentDetails(item);
        bool isProposal = p.Flag(s_counterProposal);
        ProposedStart = isProposal ? p.Date(s_proposedStart) : null;
        ProposedEnd = isProposal ? p.Date(s_proposedEnd) : null;
    }

    /// <summary>What it says.</summary>
    public MeetingMessageKind MeetingKind { get; }

    /// <summary>Who says it.</summary>
    public ItemParty From { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? Sent { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? Received { get; }

    /// <summary>The meeting it is about, as far as the message tells.</summary>
    public AppointmentDetails Meeting { get; }

    /// <summary>The other start somebody proposes; null where none is.</summary>
    public DateTimeOffset? ProposedStart { get; }

    /// <summary>The other end somebody proposes; null where none is.</summary>
    public DateTimeOffset? ProposedEnd { get; }

    private static MeetingMessageKind KindOf(string messageClass)
    {
        foreach ((string family, MeetingMessageKind kind) in s_families)
        {
            if (MessageClasses.IsOfClass(messageClass, family))
            {
                return kind;
            }
        }

        return MeetingMessageKind.Other;
    }
}
