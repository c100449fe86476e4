using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Parties of a message. Where no SMTP address is known, a reserved one says so; an address is never made up.</summary>
internal static class GraphAddress
{
    private const int LongestAddress = 320;
    private const int LongestName = 255;

    /// <summary>A recipient the service takes; a loss where the address is unknown or malformed.</summary>
    /// <param name="name">The display name.</param>
    /// <param name="address">The SMTP address, if known.</param>
    /// <param name="place">Where it stands, for the loss: <c>To 2</c>.</param>
    /// <param name="losses">Takes the loss.</param>
    public static Recipient Create(string? name, string? address, string place, LossList losses)
    {
        string? usable = Usable(address);
        if (usable is null)
        {
            losses.Add(LossKind.AddressUnresolved, place);
        }

        string shown = GraphText.Shorten(GraphText.Clean(name ?? ""), LongestName);
        return new Recipient
        {
            EmailAddress = new EmailAddress { Name = shown.Length > 0 ? shown : usable ?? place, Address = usable ?? MailAddress.Unresolved },
        };
    }

    /// <summary>The address of a recipient; null where it is missing or the reserved one.</summary>
    public static string? Read(EmailAddress? address) => address?.Address is { Length: > 0 } text
        && !string.Equals(text, MailAddress.Unresolved, StringComparison.OrdinalIgnoreCase) ? text : null;

    /// <summary>An address in the form the service takes, which is without quotes, white space, separators and controls, and no name of X.400 or Exchange; null where it has none.</summary>
    public static string? Usable(string? address) => SmtpAddress.Parse(address)?.ToString() is { Length: <= LongestAddress } text && IsTaken(text) ? text : null;

    private static bool IsTaken(string address) => address[0] != '/' && address.IndexOf('@') == address.LastIndexOf('@')
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '<' or '>' or '(' or ')' or '"' or ',' or ';' or ':' or '\\' or '[' or ']');
}
