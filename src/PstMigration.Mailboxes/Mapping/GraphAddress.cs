using System;
using System.Linq;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Parties of a message. Where no SMTP address is known, a reserved one says so; an address is never made up.</summary>
internal static class GraphAddress
{
    /// <summary>Can never belong to anybody: <c>.invalid</c> is reserved (RFC 2606).</summary>
    public const string Unresolved = "unresolved@ex.invalid";

    private const int LongestAddress = 320;
    private const int LongestName = 255;

    /// <summary>A recipient the service takes; a loss where the address is unknown or malformed.</summary>
    /// <param name="name">The display name.</param>
    /// <param name="address">The SMTP address, if known.</param>
    /// <param name="place">Where it stands, for the loss: <c>To 2</c>.</param>
    /// <param name="losses">Takes the loss.</param>
    public static Recipient Create(string? name, string? address, string place, LossList losses)
    {
        string? usable = IsUsable(address) ? address : null;
        if (usable is null)
        {
            losses.Add(LossKind.AddressUnresolved, place);
        }

        string shown = GraphText.Shorten(GraphText.Clean(name ?? ""), LongestName);
        return new Recipient
        {
            EmailAddress = new EmailAddress { Name = shown.Length > 0 ? shown : usable ?? place, Address = usable ?? Unresolved },
        };
    }

    /// <summary>The address of a recipient; null where it is missing or the reserved one.</summary>
    public static string? Read(EmailAddress? address) => address?.Address is { Length: > 0 } text
        && !string.Equals(text, Unresolved, StringComparison.OrdinalIgnoreCase) ? text : null;

    /// <summary>Whether the service would take an address: one <c>@</c>, no white space, separators or controls.</summary>
    public static bool IsUsable(string? address)
    {
        if (address is null || address.Length > LongestAddress)
        {
            return false;
        }

        int at = address.IndexOf('@');
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1
            && address[^1] != '.' && address[at + 1] != '.' && address.IndexOf("..", at, StringComparison.Ordinal) < 0
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '<' or '>' or '(' or ')' or '"' or ',' or ';' or ':' or '\\' or '[' or ']');
    }
}
