namespace PstMigration.Mapi;

/// <summary>The kinds of loss a transport may cause (fidelity matrix).</summary>
public enum LossKind
{
    /// <summary>An address has no SMTP form; the name was kept.</summary>
    AddressUnresolved,

    /// <summary>RTF formatting became HTML or text.</summary>
    RtfFidelity,

    /// <summary>An embedded item's own attachments were left out.</summary>
    NestedAttachment,

    /// <summary>An OLE object became a file or was left out.</summary>
    OleObject,

    /// <summary>An attachment by reference has no bytes to carry.</summary>
    AttachmentByReference,

    /// <summary>An attachment is larger than the target takes.</summary>
    AttachmentTooLarge,

    /// <summary>Named properties the transport does not carry.</summary>
    NamedProperties,

    /// <summary>The message class became another one.</summary>
    MessageClass,

    /// <summary>Fields of the item the transport has no place for.</summary>
    Field,

    /// <summary>Text had to be changed or shortened.</summary>
    TextChanged,

    /// <summary>A request for a receipt was taken out so that nobody is e-mailed.</summary>
    ReceiptDisarmed,

    /// <summary>The item is in another folder, because the target keeps its kind elsewhere.</summary>
    Folder,

    /// <summary>The structure of signed or encrypted mail was lost.</summary>
    Signature,

    /// <summary>An attachment is named, its content is left out.</summary>
    Attachment,

    /// <summary>Scripts, forms or what would be loaded from elsewhere were left out.</summary>
    ActiveContent,

    /// <summary>The body is stored in two forms that do not say the same, and one was left out; or it is damaged.</summary>
    Body,

    /// <summary>A value is larger than may be held in memory, and was left out.</summary>
    TooLarge,

    /// <summary>The source does not say it: it was taken from what is nearest.</summary>
    Guessed,
}
