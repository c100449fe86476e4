namespace PstMigration.Mapi;

/// <summary>Finds the SMTP address of a party among the properties that may hold it ([MS-OXOMSG], [MS-OXCMAIL]).</summary>
public static class MailAddress
{
    /// <summary>
    /// What stands for an address nobody knows where a transport must have one. The domain is reserved (RFC 2606): nothing sent there arrives anywhere.
    /// </summary>
    public const string Unresolved = "unresolved@ex.invalid";

    /// <summary>
    /// The first of: the SMTP property; the address where its type is SMTP; a one-off entry id of type SMTP; a display
    /// name that is itself an address. Null where only an Exchange name (X.500) is known: an address is never made up.
    /// </summary>
    public static string? Smtp(PropertyBag properties, PropertyTag smtp, PropertyTag type, PropertyTag address, PropertyTag entryId, PropertyTag name)
    {
        if (properties is null)
        {
            throw new ArgumentNullException(nameof(properties));
        }

        return Smtp(
            properties.GetString(smtp), properties.GetString(type), properties.GetString(address), properties.GetBinary(entryId), properties.GetString(name));
    }

    /// <summary>The same of values; any may be null.</summary>
    internal static string? Smtp(string? smtp, string? type, string? address, byte[]? entryId, string? name)
    {
        if (IsSmtp(smtp) is string direct)
        {
            return direct;
        }

        if ((string.IsNullOrEmpty(type) || string.Equals(type, "SMTP", StringComparison.OrdinalIgnoreCase)) && IsSmtp(address) is string typed)
        {
            return typed;
        }

        if (entryId is not null && OneOffEntryId.TryRead(WrappedEntryId.Unwrap(entryId), out OneOffEntryId oneOff)
            && string.Equals(oneOff.AddressType, "SMTP", StringComparison.OrdinalIgnoreCase) && IsSmtp(oneOff.Address) is string wrapped)
        {
            return wrapped;
        }

        return IsSmtp(name);
    }

    private static string? IsSmtp(string? text) => SmtpAddress.Parse(text)?.ToString();
}
