namespace PstMigration.Sandbox;

/// <summary>What an item is.</summary>
internal enum ItemKind
{
    Message = 0,
    Contact = 1,

    /// <summary>A message inside an item attachment; in no folder.</summary>
    Embedded = 2,

    /// <summary>A calendar item, single or a series.</summary>
    Event = 3,

    /// <summary>An occurrence that differs from its series, which it hangs on by <see cref="EventTags.Master"/>.</summary>
    Occurrence = 4,

    /// <summary>A task of To Do.</summary>
    Task = 5,

    /// <summary>What came by an import and has no place in the other interfaces: a note, a distribution list, a series. Only export shows it.</summary>
    Other = 6,
}

/// <summary>Which list of a message a person stands in.</summary>
internal enum PersonKind
{
    /// <summary>The row of the sender in meetings and reports; comes by import alone.</summary>
    Originator = 0,

    To = 1,
    Cc = 2,
    Bcc = 3,
    ReplyTo = 4,
}

/// <summary>A name and an address, of which one may be missing.</summary>
internal sealed record Person(string? Name, string? Address)
{
    /// <summary>All properties of a recipient that came by an import, as <see cref="PropertyList"/> writes them; null for others.</summary>
    public byte[]? Properties { get; init; }
}

/// <summary>A row of <c>item</c> with its properties and people.</summary>
internal sealed class MailItem
{
    public const int ReadFlag = 0x1;
    public const int UnsentFlag = 0x8;
    public const int AttachmentsFlag = 0x10;
    public const int FromMeFlag = 0x20;

    public long Number { get; set; }

    public long Folder { get; set; }

    public ItemKind Kind { get; init; }

    /// <summary>How often it was moved; part of the ids that change on moving.</summary>
    public long Generation { get; set; }

    /// <summary>PidTagMessageFlags without <see cref="AttachmentsFlag"/>, which is computed.</summary>
    public int Flags { get; set; }

    public long? Received { get; set; }

    public long Created { get; set; }

    public long Modified { get; set; }

    /// <summary>Attachments that are not inline: only those make hasAttachments true (resources/message).</summary>
    public int AttachmentCount { get; set; }

    public long VisibleFrom { get; set; }

    public long ArrivedNumber { get; set; }

    public long ChangeNumber { get; set; }

    public PropertyMap Properties { get; } = new();

    public Dictionary<PersonKind, List<Person>> People { get; } = [];

    public bool PeopleChanged { get; set; }

    /// <summary>Header lines a request gave apart from the transport headers; not stored as they are.</summary>
    public string? CustomHeaders { get; set; }

    public bool IsDraft => (Flags & UnsentFlag) != 0;

    public bool IsRead
    {
        get => (Flags & ReadFlag) != 0;
        set => Flags = value ? Flags | ReadFlag : Flags & ~ReadFlag;
    }

    public IReadOnlyList<Person> GetPeople(PersonKind kind) => People.TryGetValue(kind, out List<Person>? list) ? list : [];

    public void SetPeople(PersonKind kind, IEnumerable<Person> people)
    {
        People[kind] = people.ToList();
        PeopleChanged = true;
    }
}
