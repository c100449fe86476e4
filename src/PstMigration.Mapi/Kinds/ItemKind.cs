namespace PstMigration.Mapi;

/// <summary>What people would call an item.</summary>
public enum ItemKind : long
{
    /// <summary>None of the others, such as the settings programs keep as items.</summary>
    Other,

    /// <summary>An e-mail message.</summary>
    Message,

    /// <summary>A delivery or read report about a message.</summary>
    Report,

    /// <summary>A message about a meeting: a request, a cancellation, a response.</summary>
    MeetingMessage,

    /// <summary>An appointment or a meeting in a calendar.</summary>
    Appointment,

    /// <summary>A person or company.</summary>
    Contact,

    /// <summary>A personal distribution list (contact group).</summary>
    DistributionList,

    /// <summary>A task.</summary>
    Task,

    /// <summary>A message about a task that somebody assigns or answers.</summary>
    TaskMessage,

    /// <summary>A sticky note.</summary>
    StickyNote,

    /// <summary>A journal entry.</summary>
    Journal,

    /// <summary>A post in a folder, or an article of a feed.</summary>
    Post,

    /// <summary>A file kept as an item.</summary>
    Document,
}
