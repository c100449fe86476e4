namespace PstMigration.Mapi;

/// <summary>
/// Which items are meant: by folder, time, class, subject, sender, size and attachments. Asked of what a list tells first; an item is opened only where that cannot
/// decide. Texts are wildcards (<c>*</c>, <c>?</c>; brackets are just brackets) without case; one without a wildcard means "contains" for subjects and senders.
/// </summary>
public sealed record ItemFilter
{
    // [MS-OXOMSG] 2.2.1: the actual sender and whom it was sent for, each with an address of any type and an SMTP address.
    private static readonly PropertyTag[] s_addresses =
    [
        PropertyTags.SentRepresentingSmtpAddress, PropertyTags.SentRepresentingEmailAddress,
        PropertyTags.SenderSmtpAddress, PropertyTags.SenderEmailAddress,
    ];

    /// <summary>Everything.</summary>
    public static ItemFilter All { get; } = new();

    /// <summary>Only these folders and what is below them; empty for all.</summary>
    public IReadOnlyList<FolderSelector> Folders { get; init; } = [];

    /// <summary>Not older than that, by <see cref="ItemSummary.Time"/>.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Older than that.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Message classes, of which one has to match whole; empty for any.</summary>
    public IReadOnlyList<string> MessageClasses { get; init; } = [];

    /// <summary>Subjects, of which one has to match; empty for any.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Names of authors, of which one has to match, and addresses where they hold an <c>@</c>; empty for any.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    /// <summary>With attachments, or without; null for both.</summary>
    public bool? HasAttachments { get; init; }

    /// <summary>Bytes at least.</summary>
    public long? MinimumSize { get; init; }

    /// <summary>Bytes at most.</summary>
    public long? MaximumSize { get; init; }

    /// <summary>Whether every item of a chosen folder is meant.</summary>
    public bool TakesAllItems => Since is null && Before is null && MessageClasses.Count == 0 && Subjects.Count == 0 && Senders.Count == 0
        && HasAttachments is null && MinimumSize is null && MaximumSize is null;

    /// <summary>Whether an item is meant; null where only the opened item can tell.</summary>
    public bool? Includes(ItemSummary summary)
    {
        if (TakesAllItems)
        {
            return true;
        }

        if (summary is null)
        {
            throw new ArgumentNullException(nameof(summary));
        }

        bool isOpen = false;
        foreach (bool? answer in Answers(summary))
        {
            if (answer == false)
            {
                return false;
            }

            isOpen |= answer is null;
        }

        return isOpen ? null : true;
    }

    /// <summary>Whether an opened item is meant.</summary>
    public bool Includes(MapiItem item)
    {
        ItemSummary summary = ItemSummary.Of(item);
        return (this with { Senders = [] }).Includes(summary) != false && (HasSender(summary.Sender) || HasAddress(item));
    }

    private IEnumerable<bool?> Answers(ItemSummary summary)
    {
        bool isComplete = summary.IsComplete;
        yield return Since is null && Before is null ? true
            : summary.Time is DateTimeOffset time ? (Since is null || time >= Since) && (Before is null || time < Before)
            : Unknown(isComplete);
        yield return MessageClasses.Count == 0 ? true : Matches(summary.MessageClass, isComplete, c => MessageClasses.Any(p => Wildcard.IsMatch(c, p)));
        yield return Subjects.Count == 0 ? true : Matches(summary.Subject, isComplete, s => Subjects.Any(p => Wildcard.Contains(s, p)));
        yield return HasAttachments is null ? true
            : summary.Flags is MessageFlags flags ? ((flags & MessageFlags.HasAttachments) != 0) == HasAttachments
            : Unknown(isComplete);
        yield return MinimumSize is null && MaximumSize is null ? true
            : summary.Size is long size ? (MinimumSize is null || size >= MinimumSize) && (MaximumSize is null || size <= MaximumSize)
            : Unknown(isComplete);
        yield return HasSender(summary.Sender) ? true : isComplete && !Senders.Any(IsAddress) ? false : null;
    }

    // What is absent matches nothing.
    private static bool? Unknown(bool isComplete) => isComplete ? false : null;

    private static bool? Matches(string? text, bool isComplete, Func<string, bool> matches) => text is not null ? matches(text) : Unknown(isComplete);

    private static bool IsAddress(string pattern) => pattern.IndexOf('@') >= 0;

    private bool HasSender(string? name) => Senders.Count == 0 || (name is not null && Senders.Any(p => Wildcard.Contains(name, p)));

    private bool HasAddress(MapiItem item) => Senders.Where(IsAddress).Any(
        p => s_addresses.Any(tag => item.Properties.GetString(tag) is string address && Wildcard.Contains(address, p)));
}
