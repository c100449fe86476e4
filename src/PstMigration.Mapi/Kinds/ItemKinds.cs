namespace PstMigration.Mapi;

/// <summary>Tells kinds by message class ([MS-OXCMSG] 2.2.1.3).</summary>
public static class ItemKinds
{
    // The first that fits counts.
    private static readonly (string Family, ItemKind Kind)[] s_families =
    [
        ("REPORT", ItemKind.Report),
        ("IPM.Schedule.Meeting", ItemKind.MeetingMessage),
        ("IPM.Note", ItemKind.Message),
        ("IPM.Appointment", ItemKind.Appointment),
        (OccurrenceItems.MessageClass, ItemKind.Appointment),
        ("IPM.Contact", ItemKind.Contact),
        ("IPM.DistList", ItemKind.DistributionList),
        ("IPM.Task", ItemKind.Task),
        ("IPM.TaskRequest", ItemKind.TaskMessage),
        ("IPM.StickyNote", ItemKind.StickyNote),
        ("IPM.Activity", ItemKind.Journal),
        ("IPM.Post", ItemKind.Post),
        ("IPM.Document", ItemKind.Document),
    ];

    /// <summary>The kind of a class or of what it is derived from. An empty class and IPM itself are messages.</summary>
    public static ItemKind Of(string messageClass)
    {
        if (messageClass is null)
        {
            throw new ArgumentNullException(nameof(messageClass));
        }

        foreach ((string family, ItemKind kind) in s_families)
        {
            if (MessageClasses.IsOfClass(messageClass, family))
            {
                return kind;
            }
        }

        return messageClass.Length == 0 || messageClass.Equals("IPM", StringComparison.OrdinalIgnoreCase) ? ItemKind.Message : ItemKind.Other;
    }

    /// <summary>The kind of an item.</summary>
    public static ItemKind Of(MapiItem item) => Of((item ?? throw new ArgumentNullException(nameof(item))).MessageClass);
}
