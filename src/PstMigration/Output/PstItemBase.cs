using PstMigration.Mapi;

namespace PstMigration;

/// <summary>
/// An item of a data file, opened on demand. These are methods, so that showing or exporting many items does not open each. They throw
/// PstChanged where the file was written to since, and what reading a damaged item throws.
/// </summary>
public abstract class PstItemBase
{
    private protected PstItemBase(PstItemReference reference) => Reference = reference;

    internal PstItemReference Reference { get; }

    /// <summary>The item as what it is: an appointment with its times, a contact with its addresses and so on.</summary>
    public ItemDetails GetDetails() => Reference.Read(ItemDetails.Read);

    /// <summary>The body as text and, where it has it, as HTML.</summary>
    public PstItemBody GetBody() => Reference.Read(item => new PstItemBody(BodyText.Read(item)));

    /// <summary>The recipients.</summary>
    public IReadOnlyList<PstRecipientInfo> GetRecipients() =>
        Reference.Read(item => item.Recipients.Select(r => new PstRecipientInfo(r)).ToArray());

    /// <summary>The attachments.</summary>
    public IReadOnlyList<PstAttachmentInfo> GetAttachments() =>
        Reference.Read(item => item.Attachments.Select((a, i) => new PstAttachmentInfo(Reference, i, a)).ToArray());
}
