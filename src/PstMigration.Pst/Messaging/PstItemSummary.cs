using System;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>What a folder's contents table tells about an item, without opening it. Absent text is empty.</summary>
public sealed record PstItemSummary
{
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

    /// <summary>Whether it has attachments.</summary>
    public bool HasAttachments => (Flags & MessageFlags.HasAttachments) != 0;
}
