namespace PstMigration.Mapi;

/// <summary>
/// An item as what it is: its fields by name, in .NET types. A snapshot that holds on to nothing. Absent text is empty, other
/// absent values are null; times are in UTC unless said otherwise.
/// </summary>
/// <remarks>
/// <see cref="Read"/> gives <see cref="MessageDetails"/>, <see cref="ReportDetails"/>, <see cref="MeetingMessageDetails"/>,
/// <see cref="AppointmentDetails"/>, <see cref="ContactDetails"/>, <see cref="DistributionListDetails"/>, <see cref="TaskDetails"/>,
/// <see cref="StickyNoteDetails"/>, <see cref="JournalDetails"/>, <see cref="PostDetails"/> or <see cref="DocumentDetails"/> by the kind of the
/// item, and this base itself for <see cref="ItemKind.Other"/>. Bodies are read by <see cref="BodyText"/>.
/// </remarks>
public record ItemDetails
{
    private static readonly PropertyName s_private = new(PropertySets.Common, 0x8506);

    /// <summary>Reads the fields every item has.</summary>
    protected ItemDetails(MapiItem item)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        PropertyBag p = item.Properties;
        Kind = ItemKinds.Of(item);
        MessageClass = item.MessageClass;
        Subject = p.TextOrNull(PropertyTags.Subject) ?? (p.Text(PropertyTags.SubjectPrefix) + p.Text(PropertyTags.NormalizedSubject));
        Categories = p.Texts(PropertyNames.Keywords);
        Importance = (ItemImportance)(p.GetInt32(PropertyTags.Importance) ?? (int)ItemImportance.Normal);
        Sensitivity = (ItemSensitivity)(p.GetInt32(PropertyTags.Sensitivity) ?? (p.Flag(s_private) ? (int)ItemSensitivity.Private : 0));
        Created = p.Date(PropertyTags.CreationTime);
        LastModified = p.Date(PropertyTags.LastModificationTime);
    }

    /// <summary>What it is.</summary>
    public ItemKind Kind { get; }

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get; }

    /// <summary>The subject.</summary>
    public string Subject { get; }

    /// <summary>The categories people gave it.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>How important it is.</summary>
    public ItemImportance Importance { get; }

    /// <summary>Who is meant to see it.</summary>
    public ItemSensitivity Sensitivity { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? LastModified { get; }

    /// <summary>Reads an item by its kind. What is damaged or missing in it is absent.</summary>
    public static ItemDetails Read(MapiItem item) => ItemKinds.Of(item) switch
    {
        ItemKind.Message => new MessageDetails(item),
        ItemKind.Report => new ReportDetails(item),
        ItemKind.MeetingMessage => new MeetingMessageDetails(item),
        ItemKind.Appointment => new AppointmentDetails(item),
        ItemKind.Contact => new ContactDetails(item),
        ItemKind.DistributionList => new DistributionListDetails(item),
        ItemKind.Task => new TaskDetails(item),
        ItemKind.TaskMessage => new MessageDetails(item),
        ItemKind.StickyNote => new StickyNoteDetails(item),
        ItemKind.Journal => new JournalDetails(item),
        ItemKind.Post => new PostDetails(item),
        ItemKind.Document => new DocumentDetails(item),
        _ => new ItemDetails(item),
    };
}
