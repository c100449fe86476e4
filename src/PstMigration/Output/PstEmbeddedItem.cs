using PstMigration.Mapi;

namespace PstMigration;

/// <summary>An item that is an attachment of another.</summary>
public sealed class PstEmbeddedItem : PstItemBase
{
    internal PstEmbeddedItem(PstItemReference reference)
        : base(reference) =>
        (MessageClass, Subject) = reference.Read(item => (item.MessageClass, item.Subject));

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get; }

    /// <summary>The subject; may hold any character.</summary>
    public string Subject { get; }

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
