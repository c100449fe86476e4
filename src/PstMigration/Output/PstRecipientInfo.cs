using PstMigration.Mapi;

namespace PstMigration;

/// <summary>A recipient of an item.</summary>
public sealed class PstRecipientInfo
{
    internal PstRecipientInfo(MapiRecipient recipient)
    {
        Kind = recipient.Kind;
        Name = recipient.DisplayName;
        SmtpAddress = recipient.SmtpAddress;
        AddressType = recipient.Properties.GetString(PropertyTags.AddressType) ?? "";
        Address = recipient.Properties.GetString(PropertyTags.EmailAddress) ?? "";
    }

    /// <summary>To, Cc or Bcc; of a meeting required, optional or resource.</summary>
    public RecipientKind Kind { get; }

    /// <summary>The name shown; may hold any character.</summary>
    public string Name { get; }

    /// <summary>The SMTP address, or null where the file does not tell it.</summary>
    public string? SmtpAddress { get; }

    /// <summary>Such as SMTP or EX.</summary>
    public string AddressType { get; }

    /// <summary>The address in the form of its type.</summary>
    public string Address { get; }

    /// <inheritdoc/>
    public override string ToString() => SmtpAddress ?? Name;
}
