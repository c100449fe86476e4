using System;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>An item of a data file as its folder lists it: a snapshot. The item itself is opened on demand.</summary>
public sealed class PstItemInfo : PstItemBase
{
    internal PstItemInfo(PstItemReference reference, string folder, PstItemSummary item)
        : base(reference)
    {
        Path = reference.Handle.Path;
        Folder = folder;
        MessageClass = item.MessageClass;
        Subject = item.Subject;
        Sender = item.Sender;
        To = item.To;
        SentTime = item.SubmitTime?.ToLocalTime();
        ReceivedTime = item.DeliveryTime?.ToLocalTime();
        LastModifiedTime = item.LastModificationTime?.ToLocalTime();
        Size = item.Size;
        IsRead = (item.Flags & MessageFlags.Read) != 0;
        IsDraft = (item.Flags & MessageFlags.Unsent) != 0;
        HasAttachments = item.HasAttachments;
        RecordKey = reference.RecordKey;
        NodeId = item.NodeId.ToString();
        Generation = reference.Generation;
        IsDamaged = item.IsDamaged;
        IsRecovered = reference.Recovered is not null;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The path of the folder it is in, or was in if it is recovered; empty if that is gone.</summary>
    public string Folder { get; }

    /// <summary>What it is.</summary>
    public ItemKind Kind => ItemKinds.Of(MessageClass);

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get; }

    /// <summary>The subject; may hold any character.</summary>
    public string Subject { get; }

    /// <summary>Name of the author; may hold any character.</summary>
    public string Sender { get; }

    /// <summary>Names of the recipients; may hold any character.</summary>
    public string To { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentTime { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? ReceivedTime { get; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? LastModifiedTime { get; }

    /// <summary>The time it is listed and filtered by: when it arrived, or was sent, or was changed.</summary>
    public DateTimeOffset? Time => ReceivedTime ?? SentTime ?? LastModifiedTime;

    /// <summary>Bytes, as Outlook counts them.</summary>
    public long Size { get; }

    /// <summary>Whether it was read.</summary>
    public bool IsRead { get; }

    /// <summary>Whether it was never sent.</summary>
    public bool IsDraft { get; }

    /// <summary>Whether it has attachments.</summary>
    public bool HasAttachments { get; }

    /// <summary>Whether neither its row in the folder's table nor the item could be read: nothing is known of it but that it is there.</summary>
    public bool IsDamaged { get; }

    /// <summary>Whether it is a folder-associated (FAI) item: settings that programs keep in the folder and people do not see.</summary>
    public bool IsAssociated { get; internal init; }

    /// <summary>Whether no folder lists it: it was deleted, or its folder lost it.</summary>
    public bool IsRecovered { get; }

    /// <summary>The key of the store, in hexadecimal.</summary>
    public string RecordKey { get; }

    /// <summary>The item's node (NID).</summary>
    public string NodeId { get; }

    /// <summary>The generation of the file when it was listed.</summary>
    public long Generation { get; }

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
