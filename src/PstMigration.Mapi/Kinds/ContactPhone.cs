namespace PstMigration.Mapi;

/// <summary>One of a contact's telephone numbers.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Number">As it was typed.</param>
public sealed record ContactPhone(PhoneKind Kind, string Number)
{
    // In the order people would try them.
    private static readonly (PhoneKind Kind, PropertyKey Key)[] s_numbers =
    [
        (PhoneKind.Mobile, new(0x3A1C)),
        (PhoneKind.Business, new(0x3A08)),
        (PhoneKind.Business2, new(0x3A1B)),
        (PhoneKind.Home, new(0x3A09)),
        (PhoneKind.Home2, new(0x3A2F)),
        (PhoneKind.Primary, new(0x3A1A)),
        (PhoneKind.Company, new(0x3A57)),
        (PhoneKind.Assistant, new(0x3A2E)),
        (PhoneKind.Callback, new(0x3A02)),
        (PhoneKind.Car, new(0x3A1E)),
        (PhoneKind.Radio, new(0x3A1D)),
        (PhoneKind.Pager, new(0x3A21)),
        (PhoneKind.Other, new(0x3A1F)),
        (PhoneKind.Isdn, new(0x3A2D)),
        (PhoneKind.TextTelephone, new(0x3A4B)),
        (PhoneKind.Telex, new(0x3A2C)),
        (PhoneKind.BusinessFax, new(0x3A24)),
        (PhoneKind.HomeFax, new(0x3A25)),
        (PhoneKind.PrimaryFax, new(0x3A23)),
    ];

    /// <inheritdoc/>
    public override string ToString() => Number;

    internal static IReadOnlyList<ContactPhone> ReadAll(PropertyBag properties)
    {
        List<ContactPhone> phones = [];
        foreach ((PhoneKind kind, PropertyKey key) in s_numbers)
        {
            // The second numbers may be lists.
            foreach (string number in properties.Texts(key))
            {
                phones.Add(new ContactPhone(kind, number));
            }
        }

        return phones;
    }
}
