using System;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>What a folder's contents table tells about an item, without opening it. Absent text is empty.</summary>
public sealed record PstItemSummary
{
    private static readonly PropertyBag s_noProperties = new();

    /// <summary>The item.</summary>
    public required NodeId NodeId { get; init; }

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get; init; } = "";

    /// <summary>The subject as people see it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Name of the author.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Names of the recipients.</summary>
    public string To { get; init; } = "";

    /// <summary>When it was sent, in UTC.</summary>
    public DateTimeOffset? SubmitTime { get; init; }

    /// <summary>When it arrived, in UTC.</summary>
    public DateTimeOffset? DeliveryTime { get; init; }

    /// <summary>When it was changed last, in UTC.</summary>
    public DateTimeOffset? LastModificationTime { get; init; }

    /// <summary>Bytes, as Outlook counts them.</summary>
    public long Size { get; init; }

    /// <summary>Read, unsent and so on.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>
    /// Of the properties asked for, those the table tells of. One that is not here has to be asked of the item itself; one the
    /// table knows the item not to have is here without a type.
    /// </summary>
    public PropertyBag Properties { get; init; } = s_noProperties;

    /// <summary>Whether neither the row nor the item could be read: nothing is known but the node.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether it has attachments.</summary>
    public bool HasAttachments => (Flags & MessageFlags.HasAttachments) != 0;
}
