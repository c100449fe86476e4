namespace PstMigration.Mapi;

/// <summary>A message ([MS-OXOMSG]). Its recipients are those of the item.</summary>
public sealed record MessageDetails : ItemDetails
{
    private const int FlagComplete = 1;
    private const int FlagMarked = 2;

    private static readonly PropertyName s_taskDue = new(PropertySets.Task, 0x8105);

    internal MessageDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        From = ItemParty.Author(p);
        Sender = ItemParty.Sender(p);
        Sent = p.Date(PropertyTags.ClientSubmitTime);
        Received = p.Date(PropertyTags.MessageDeliveryTime);
        MessageId = p.Text(PropertyTags.InternetMessageId);
        InReplyTo = p.Text(PropertyTags.InReplyToId);
        References = p.Text(PropertyTags.InternetReferences).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        ConversationTopic = p.Text(PropertyTags.ConversationTopic);
        IsRead = (item.Flags & MessageFlags.Read) != 0;
        IsDraft = (item.Flags & MessageFlags.Unsent) != 0;
        IsReadReceiptRequested = p.Flag(PropertyTags.ReadReceiptRequested);
        IsFlagged = p.GetInt32(PropertyTags.FlagStatus) == FlagMarked;
        IsFlagComplete = p.GetInt32(PropertyTags.FlagStatus) == FlagComplete;
        FlagText = p.Text(PropertyNames.FlagRequest);
        FlagDue = p.Date(s_taskDue) ?? p.Date(PropertyTags.ReplyTime);
        Reminder = ItemReminder.Read(p);
    }

    /// <summary>The author.</summary>
    public ItemParty From { get; }

    /// <summary>Who sent it, perhaps on behalf of the author.</summary>
    public ItemParty Sender { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? Sent { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? Received { get; }

    /// <summary>The Message-ID.</summary>
    public string MessageId { get; }

    /// <summary>The Message-ID of what it answers.</summary>
    public string InReplyTo { get; }

    /// <summary>The Message-IDs of its thread, the oldest first.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The subject of the whole conversation.</summary>
    public string ConversationTopic { get; }

    /// <summary>Whether it was read.</summary>
    public bool IsRead { get; }

    /// <summary>Whether it was never sent.</summary>
    public bool IsDraft { get; }

    /// <summary>Whether its author asks for a read receipt.</summary>
    public bool IsReadReceiptRequested { get; }

    /// <summary>Whether it is flagged for follow-up.</summary>
    public bool IsFlagged { get; }

    /// <summary>Whether the follow-up is done.</summary>
    public bool IsFlagComplete { get; }

    /// <summary>What the flag says.</summary>
    public string FlagText { get; }

    /// <summary>When the follow-up is due: a day at midnight.</summary>
    public DateTimeOffset? FlagDue { get; }

    /// <summary>The reminder; null where there is none.</summary>
    public ItemReminder? Reminder { get; }
}
