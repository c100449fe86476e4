using System;

namespace PstMigration.Mapi;

/// <summary>Finds the SMTP address of a party among the properties that may hold it ([MS-OXOMSG], mapi-mime rules).</summary>
public static class MailAddress
{
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

        if (IsSmtp(properties.GetString(smtp)) is string direct)
        {
            return direct;
        }

        string? addressType = properties.GetString(type);
        if ((string.IsNullOrEmpty(addressType) || string.Equals(addressType, "SMTP", StringComparison.OrdinalIgnoreCase))
            && IsSmtp(properties.GetString(address)) is string typed)
        {
            return typed;
        }

        if (properties.GetBinary(entryId) is byte[] id && OneOffEntryId.TryRead(WrappedEntryId.Unwrap(id), out OneOffEntryId oneOff)
            && string.Equals(oneOff.AddressType, "SMTP", StringComparison.OrdinalIgnoreCase) && IsSmtp(oneOff.Address) is string wrapped)
        {
            return wrapped;
        }

        return IsSmtp(properties.GetString(name));
    }

    private static string? IsSmtp(string? text)
    {
        string? trimmed = text?.Trim().Trim('\'', '<', '>');
        int at = trimmed?.IndexOf('@') ?? -1;
        return at > 0 && at < trimmed!.Length - 1 && trimmed.IndexOfAny([' ', '/', '\t', '\r', '\n']) < 0 ? trimmed : null;
    }
}
