namespace PstMigration.Mapi;

/// <summary>A journal entry ([MS-OXOJRNL]).</summary>
public sealed record JournalDetails : ItemDetails
{
    private static readonly PropertyName s_type = new(PropertySets.Log, 0x8700);
    private static readonly PropertyName s_start = new(PropertySets.Log, 0x8706);
    private static readonly PropertyName s_duration = new(PropertySets.Log, 0x8707);
    private static readonly PropertyName s_end = new(PropertySets.Log, 0x8708);
    private static readonly PropertyName s_description = new(PropertySets.Log, 0x8712);
    private static readonly PropertyName s_companies = new(PropertySets.Common, 0x8539);
    private static readonly PropertyName s_contacts = new(PropertySets.Common, 0x853A);

    internal JournalDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        EntryType = p.TextOrNull(s_description) ?? p.Text(s_type);
        Start = p.Date(s_start);
        End = p.Date(s_end);
        Duration = p.Minutes(s_duration);
        Companies = p.Texts(s_companies);
        Contacts = p.Texts(s_contacts);
    }

    /// <summary>What was done, such as Phone call, in the language of who wrote it.</summary>
    public string EntryType { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>Companies it was about.</summary>
    public IReadOnlyList<string> Companies { get; }

    /// <summary>People it was about.</summary>
    public IReadOnlyList<string> Contacts { get; }
}
