namespace PstMigration.Pst;

/// <summary>What a <see cref="PstItemSummary"/> tells.</summary>
[Flags]
public enum PstItemFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="PstItemSummary.MessageClass"/>.</summary>
    MessageClass = 1 << 0,

    /// <summary><see cref="PstItemSummary.Subject"/>.</summary>
    Subject = 1 << 1,

    /// <summary><see cref="PstItemSummary.Sender"/>.</summary>
    Sender = 1 << 2,

    /// <summary><see cref="PstItemSummary.To"/>.</summary>
    To = 1 << 3,

    /// <summary><see cref="PstItemSummary.SubmitTime"/>.</summary>
    SubmitTime = 1 << 4,

    /// <summary><see cref="PstItemSummary.DeliveryTime"/>.</summary>
    DeliveryTime = 1 << 5,

    /// <summary><see cref="PstItemSummary.LastModificationTime"/>.</summary>
    LastModificationTime = 1 << 6,

    /// <summary><see cref="PstItemSummary.Size"/>.</summary>
    Size = 1 << 7,

    /// <summary><see cref="PstItemSummary.Flags"/>, and with them whether it has attachments.</summary>
    MessageFlags = 1 << 8,
}
