namespace PstMigration.Mapi;

/// <summary>
/// What, besides text, recipients and attachments, makes the content of an item that is no mail: a contact is its names and
/// numbers, an appointment its time and place.
/// </summary>
internal static class ContentFields
{
    private static readonly PropertyKey[] s_contact =
    [
        PropertyTags.DisplayName, PropertyTags.GivenName, PropertyTags.MiddleName, PropertyTags.Surname, PropertyTags.CompanyName,
        PropertyTags.DepartmentName, PropertyTags.Title, PropertyTags.BusinessTelephone, PropertyTags.HomeTelephone,
        PropertyTags.MobileTelephone, PropertyTags.Birthday,
        .. Named(PropertySets.Address, 0x8083, 0x8093, 0x80A3, 0x801A, 0x801B, 0x801C, 0x8062),
    ];

    private static readonly PropertyKey[] s_appointment =
        [.. Named(PropertySets.Appointment, 0x8208, 0x820D, 0x820E, 0x8215, 0x8216)];

    private static readonly PropertyKey[] s_task = [.. Named(PropertySets.Task, 0x8101, 0x8102, 0x8104, 0x8105, 0x8116, 0x811F)];

    private static readonly PropertyKey[] s_journal = [.. Named(PropertySets.Log, 0x8700, 0x8706, 0x8708)];

    private static readonly PropertyKey[] s_list = [.. Named(PropertySets.Address, 0x8053, 0x8054, 0x8055)];

    public static IReadOnlyList<PropertyKey> Of(MapiItem item) =>
        item.IsOfClass("IPM.Contact") ? s_contact
        : item.IsOfClass("IPM.DistList") ? s_list
        : item.IsOfClass("IPM.Appointment") || item.IsOfClass("IPM.Schedule") ? s_appointment
        : item.IsOfClass("IPM.Task") || item.IsOfClass("IPM.TaskRequest") ? s_task
        : item.IsOfClass("IPM.Activity") ? s_journal
        : [];

    private static IEnumerable<PropertyKey> Named(System.Guid set, params uint[] lids) =>
        lids.Select(lid => (PropertyKey)new PropertyName(set, lid));
}
