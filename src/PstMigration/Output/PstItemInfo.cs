using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// An item of a data file as its folder lists it: a snapshot. The item itself is opened on demand. What the folder's table has no column
/// for, or only the beginning of, is read from the item when it is first asked for; that throws as the methods do where the item
/// cannot be read any more and nothing of it was listed.
/// </summary>
/// <remarks>
/// Times are local <see cref="DateTime"/>s, which know their offset: a <see cref="DateTimeOffset"/> does not come through PowerShell's remoting, jobs and files.
/// </remarks>
public sealed class PstItemInfo : PstItemBase
{
    private readonly PstItemSummary _listed;
    private PstItemSummary? _read;

    internal PstItemInfo(PstItemReference reference, string folder, PstItemSummary item)
        : base(reference)
    {
        _listed = item.Listed;
        PstPath = reference.Handle.Path;
        Folder = folder;
        NodeId = item.NodeId.ToString();
    }

    /// <summary>The full path of the file.</summary>
    public string PstPath { get; }

    /// <summary>The path of the folder it is in, or was in if it is recovered; <c>/</c> for the top of the file, empty if it is gone.</summary>
    public string Folder { get; }

    /// <summary>What it is.</summary>
    public ItemKind Kind => ItemKinds.Of(MessageClass);

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass => Text(PstItemFields.MessageClass, static s => s.MessageClass);

    /// <summary>The subject; may hold any character.</summary>
    public string Subject => Text(PstItemFields.Subject, static s => s.Subject);

    /// <summary>Name of the author; may hold any character.</summary>
    public string Sender => Text(PstItemFields.Sender, static s => s.Sender);

    /// <summary>Names of the recipients; may hold any character.</summary>
    public string To => Text(PstItemFields.To, static s => s.To);

    /// <summary>When it was sent.</summary>
    public DateTime? SentTime => LocalText.Time(Tell(PstItemFields.SubmitTime).SubmitTime);

    /// <summary>When it arrived.</summary>
    public DateTime? ReceivedTime => LocalText.Time(Tell(PstItemFields.DeliveryTime).DeliveryTime);

    /// <summary>When it was changed last.</summary>
    public DateTime? LastModifiedTime => LocalText.Time(Tell(PstItemFields.LastModificationTime).LastModificationTime);

    /// <summary>When an appointment starts; of a series, its first occurrence. Null for anything else.</summary>
    public DateTime? Start => LocalText.Time(Tell(PstItemFields.Appointment).StartTime);

    /// <summary>When an appointment ends; of a series, its first occurrence. Null for anything else.</summary>
    public DateTime? End => LocalText.Time(Tell(PstItemFields.Appointment).EndTime);

    /// <summary>Where an appointment takes place; may hold any character, empty for anything else.</summary>
    public string Location => Text(PstItemFields.Appointment, static s => s.Location);

    /// <summary>The time it is listed and filtered by: when it takes place, or arrived, or was sent, or was changed.</summary>
    public DateTime? Time => Start ?? ReceivedTime ?? SentTime ?? LastModifiedTime;

    /// <summary>Bytes, as Outlook counts them.</summary>
    public long Size => Tell(PstItemFields.Size).Size;

    /// <summary>Whether it was read.</summary>
    public bool IsRead => (Flags & MessageFlags.Read) != 0;

    /// <summary>Whether it was never sent.</summary>
    public bool IsDraft => (Flags & MessageFlags.Unsent) != 0;

    /// <summary>Whether it has attachments.</summary>
    public bool HasAttachments => (Flags & MessageFlags.HasAttachments) != 0;

    /// <summary>
    /// Whether neither its row in the folder's table nor the item could be read: nothing is known of it but that it exists. Of a recovered item, whether parts of it are lost: it is overwritten in part,
    /// or was found by its signature alone, without recipients, attachments and long values.
    /// </summary>
    public bool IsDamaged => _listed.IsDamaged || IsIncomplete;

    /// <summary>Of a recovered item, whether parts of it are lost.</summary>
    internal bool IsIncomplete { get; init; }

    /// <summary>Whether it is a folder-associated (FAI) item: settings that programs keep in the folder and people do not see.</summary>
    public bool IsAssociated { get; internal init; }

    /// <summary>Whether no folder lists it: it was deleted, or its folder lost it.</summary>
    public bool IsRecovered => Reference.Recovered is not null;

    /// <summary>Of a recovered item: Orphan (no folder lists it), Deleted, or Fragment (found by its signature alone); null for others.</summary>
    public string? Recovery => Reference.Recovered?.Kind.ToString();

    /// <summary>The key of the store, in hexadecimal.</summary>
    public string RecordKey => Reference.RecordKey;

    /// <summary>The item's node (NID).</summary>
    public string NodeId { get; }

    /// <summary>Another one after each change of the item; empty where it is recovered.</summary>
    public string Version => Reference.Version;

    /// <summary>Whether it stands for the item as it is in the file when it is read.</summary>
    internal bool IsOfAnyVersion { get; init; }

    /// <summary>What a transfer knows it by. Of a recovered item its block is part of that: a listed item may have the same node by now.</summary>
    internal ItemKey SourceKey => new("pst:" + RecordKey, Reference.Recovered is (_, ulong block, _) ? NodeId + "/" + block : NodeId);

    /// <summary>What the row alone tells.</summary>
    internal ItemSummary ListedSummary => _listed.Describe();

    /// <summary>All of it, read from the item where the row does not tell.</summary>
    internal ItemSummary Summary => new()
    {
        IsComplete = true,
        MessageClass = MessageClass,
        Subject = Subject,
        Sender = Sender,
        SentTime = Tell(PstItemFields.SubmitTime).SubmitTime,
        ReceivedTime = Tell(PstItemFields.DeliveryTime).DeliveryTime,
        ModifiedTime = Tell(PstItemFields.LastModificationTime).LastModificationTime,
        StartTime = Tell(PstItemFields.Appointment).StartTime,
        Size = Size,
        Flags = Flags,
    };

    /// <inheritdoc/>
    public override string ToString() => Subject;

    private MessageFlags Flags => Tell(PstItemFields.MessageFlags).Flags;

    private PstItemSummary Tell(PstItemFields field) => (_listed.Unlisted & field) == 0 ? _listed : _read ??= Reference.Summarize();

    // The beginning of a text is better than none.
    private string Text(PstItemFields field, Func<PstItemSummary, string> read)
    {
        try
        {
            return read(Tell(field));
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e) && read(_listed).Length > 0)
        {
            return read(_listed);
        }
    }
}
