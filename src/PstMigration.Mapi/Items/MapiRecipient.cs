namespace PstMigration.Mapi;

/// <summary>One row of an item's recipient table.</summary>
public sealed class MapiRecipient
{
    /// <summary>A recipient over its properties.</summary>
    public MapiRecipient(PropertyBag? properties = null) => Properties = properties ?? new PropertyBag();

    /// <summary>All columns of the row.</summary>
    public PropertyBag Properties { get; }

    /// <summary>To, Cc or Bcc; the resend flag (0x10000000) is left out.</summary>
    public RecipientKind Kind => (RecipientKind)((Properties.GetInt32(PropertyTags.RecipientType) ?? 1) & 0xF);

    /// <summary>The name shown, or an empty string.</summary>
    public string DisplayName => Properties.GetString(PropertyTags.DisplayName)
        ?? Properties.GetString(PropertyTags.RecipientDisplayName) ?? "";

    /// <summary>The SMTP address, or null where none can be told offline.</summary>
    public string? SmtpAddress => MailAddress.Smtp(
        Properties,
        PropertyTags.SmtpAddress,
        PropertyTags.AddressType,
        PropertyTags.EmailAddress,
        PropertyTags.EntryId,
        PropertyTags.DisplayName);
}
