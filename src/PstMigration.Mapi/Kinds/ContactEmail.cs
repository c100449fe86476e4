namespace PstMigration.Mapi;

/// <summary>One of a contact's e-mail addresses ([MS-OXOCNTC] 2.2.1.2).</summary>
/// <param name="DisplayName">The name shown, mostly with the address behind it.</param>
/// <param name="AddressType">Such as SMTP or EX.</param>
/// <param name="Address">The address in the form of its type.</param>
/// <param name="Smtp">The SMTP address, or null where none can be told offline.</param>
public sealed record ContactEmail(string DisplayName, string AddressType, string Address, string? Smtp)
{
    /// <summary>Reads a slot; null where it is empty.</summary>
    /// <param name="properties">The contact.</param>
    /// <param name="slot">Number of the slot's first property: +2 type, +3 address, +4 original name, +5 entry id.</param>
    internal static ContactEmail? Read(PropertyBag properties, uint slot)
    {
        string type = properties.Text(Lid(slot + 2));
        string address = properties.Text(Lid(slot + 3));
        string original = properties.Text(Lid(slot + 4));
        string? smtp = MailAddress.Smtp(null, type, address, properties.Blob(Lid(slot + 5)), original);
        return address.Length == 0 && smtp is null
            ? null
            : new ContactEmail(properties.Text(Lid(slot)), type, address, smtp);
    }

    /// <inheritdoc/>
    public override string ToString() => Smtp ?? Address;

    private static PropertyName Lid(uint lid) => new(PropertySets.Address, lid);
}
