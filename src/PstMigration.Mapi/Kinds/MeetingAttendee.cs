namespace PstMigration.Mapi;

/// <summary>Somebody who takes part in a meeting ([MS-OXOCAL] 2.2.4.10).</summary>
/// <param name="Role">To required, Cc optional, Bcc a room or resource.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Smtp">The SMTP address, or null where none can be told offline.</param>
/// <param name="IsOrganizer">Whether it is the organizer.</param>
/// <param name="Response">The answer, as the organizer's copy knows it.</param>
/// <param name="Responded">When the answer came.</param>
public sealed record MeetingAttendee(RecipientKind Role, string Name, string? Smtp, bool IsOrganizer, MeetingResponse Response, DateTimeOffset? Responded)
{
    private const int OrganizerFlag = 0x2;

    private static readonly PropertyKey s_trackTime = new(0x5FFB);
    private static readonly PropertyKey s_trackStatus = new(0x5FFF);

    /// <inheritdoc/>
    public override string ToString() => Smtp is null ? Name : Name.Length == 0 || Name == Smtp ? Smtp : Name + " <" + Smtp + ">";

    internal static IReadOnlyList<MeetingAttendee> ReadAll(MapiItem item) => [.. item.Recipients.Select(Read)];

    private static MeetingAttendee Read(MapiRecipient recipient)
    {
        PropertyBag p = recipient.Properties;
        bool isOrganizer = recipient.Kind == RecipientKind.Originator || ((p.GetInt32(PropertyTags.RecipientFlags) ?? 0) & OrganizerFlag) != 0;
        return new MeetingAttendee(
            recipient.Kind,
            recipient.DisplayName,
            recipient.SmtpAddress,
            isOrganizer,
            isOrganizer ? MeetingResponse.Organizer : (MeetingResponse)(p.GetInt32(s_trackStatus) ?? 0),
            p.Date(s_trackTime));
    }
}
