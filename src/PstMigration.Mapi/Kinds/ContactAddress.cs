namespace PstMigration.Mapi;

/// <summary>One of a contact's postal addresses ([MS-OXOCNTC] 2.2.1.3). Absent parts are empty.</summary>
/// <param name="Street">Street and number; may have several lines.</param>
/// <param name="City">City.</param>
/// <param name="State">State or prefecture.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Country">Country.</param>
/// <param name="PostOfficeBox">Post office box.</param>
public sealed record ContactAddress(string Street, string City, string State, string PostalCode, string Country, string PostOfficeBox)
{
    /// <summary>The parts that exist, in lines.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, new[] { PostOfficeBox, Street, City, State, PostalCode, Country }.Where(p => p.Length > 0));

    /// <summary>Reads an address; null where it has no part.</summary>
    /// <param name="properties">The contact.</param>
    /// <param name="keys">Street, city, state, postal code, country, post office box.</param>
    internal static ContactAddress? Read(PropertyBag properties, PropertyKey[] keys)
    {
        string[] parts = [.. keys.Select(properties.Text)];
        return parts.All(p => p.Length == 0) ? null : new ContactAddress(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }
}
