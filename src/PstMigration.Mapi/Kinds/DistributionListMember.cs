namespace PstMigration.Mapi;

/// <summary>A member of a distribution list ([MS-OXOCNTC] 2.2.2.4.1).</summary>
/// <param name="Name">The name shown; may be empty.</param>
/// <param name="AddressType">Such as SMTP, EX or MAPIPDL (another list); may be empty.</param>
/// <param name="Address">The address in the form of its type; may be empty.</param>
/// <param name="Smtp">The SMTP address, or null where none can be told.</param>
/// <param name="Kind">What the member is; <see cref="WrappedEntryKind.OneOff"/> for an address that is no item.</param>
/// <param name="EntryId">The entry id of the member: of a contact or list of the file, its item.</param>
public sealed record DistributionListMember(
    string Name, string AddressType, string Address, string? Smtp, WrappedEntryKind Kind, ReadOnlyMemory<byte> EntryId)
{
    /// <inheritdoc/>
    public override string ToString() => Smtp is null ? Name : Name.Length == 0 || Name == Smtp ? Smtp : Name + " <" + Smtp + ">";

    /// <summary>Reads a member.</summary>
    /// <param name="member">The entry id: wrapped, of an address book, or a one-off.</param>
    /// <param name="oneOff">Name and address at the time the member was added; empty where that is not known.</param>
    internal static DistributionListMember Read(byte[] member, byte[] oneOff)
    {
        WrappedEntryKind kind = WrappedEntryId.TryRead(member, out WrappedEntryId wrapped) ? wrapped.Kind : WrappedEntryKind.OneOff;
        ReadOnlySpan<byte> inner = WrappedEntryId.Unwrap(member);
        if (OneOffEntryId.TryRead(oneOff, out OneOffEntryId known) || OneOffEntryId.TryRead(inner, out known))
        {
            string? smtp = MailAddress.Smtp(null, known.AddressType, known.Address, null, known.DisplayName);
            return new DistributionListMember(known.DisplayName, known.AddressType, known.Address, smtp, kind, inner.ToArray());
        }

        return ExchangeEntryId.TryRead(inner, out ExchangeEntryId exchange)
            ? new DistributionListMember(exchange.DistinguishedName.Split('=').Last(), "EX", exchange.DistinguishedName, null, kind, inner.ToArray())
            : new DistributionListMember("", "", "", null, kind, inner.ToArray());
    }
}
