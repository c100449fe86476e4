namespace PstMigration.Mapi;

/// <summary>What a wrapped entry id leads to: the low four bits of its type ([MS-OXOCNTC] 2.2.2.4.1.2).</summary>
public enum WrappedEntryKind
{
    /// <summary>A one-off address.</summary>
    OneOff = 0,

    /// <summary>A contact.</summary>
    Contact = 3,

    /// <summary>A personal distribution list.</summary>
    PersonalDistributionList = 4,

    /// <summary>Somebody in the global address list.</summary>
    MailUser = 5,

    /// <summary>A distribution list of the global address list.</summary>
    DistributionList = 6,
}

/// <summary>
/// The entry id of a member of a personal distribution list, or of a recipient picked from contacts ([MS-OXOCNTC]
/// 2.2.2.4.1.2): flags u32 0, provider UID, type u8, then the entry id of the item or address itself.
/// </summary>
/// <param name="Type">Low four bits <see cref="Kind"/>; bits 4 to 6 which address of the contact: 4 first, 5 second, 6 third e-mail; bit 7 set.</param>
/// <param name="Inner">The wrapped entry id.</param>
public readonly record struct WrappedEntryId(byte Type, ReadOnlyMemory<byte> Inner)
{
    private const int HeaderSize = 21;

    /// <summary>Wraps in wraps are followed this far.</summary>
    private const int MaximumDepth = 4;

    /// <summary>What it leads to.</summary>
    public WrappedEntryKind Kind => (WrappedEntryKind)(Type & 0xF);

    /// <summary>1, 2 or 3 for a contact's e-mail addresses; 0 for anything else.</summary>
    public int EmailIndex => Kind == WrappedEntryKind.Contact && ((Type >> 4) & 7) is >= 4 and <= 6 ? ((Type >> 4) & 7) - 3 : 0;

    private static ReadOnlySpan<byte> Provider =>
        [0xC0, 0x91, 0xAD, 0xD3, 0x51, 0x9D, 0xCF, 0x11, 0xA4, 0xA9, 0x00, 0xAA, 0x00, 0x47, 0xFA, 0xA4];

    /// <summary>Reads one; false for any other kind of entry id and for a damaged one.</summary>
    public static bool TryRead(byte[] id, out WrappedEntryId value)
    {
        if (id is null)
        {
            throw new ArgumentNullException(nameof(id));
        }

        bool isWrapped = IsWrapped(id);
        value = isWrapped ? new WrappedEntryId(id[HeaderSize - 1], id.AsMemory(HeaderSize)) : default;
        return isWrapped;
    }

    /// <summary>The innermost entry id; the id itself where it wraps none.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> id)
    {
        for (int i = 0; i < MaximumDepth && IsWrapped(id); i++)
        {
            id = id[HeaderSize..];
        }

        return id;
    }

    /// <summary>Writes it.</summary>
    public byte[] ToArray()
    {
        byte[] id = new byte[HeaderSize + Inner.Length];
        Provider.CopyTo(id.AsSpan(4));
        id[HeaderSize - 1] = Type;
        Inner.Span.CopyTo(id.AsSpan(HeaderSize));
        return id;
    }

    private static bool IsWrapped(ReadOnlySpan<byte> id) => id.Length > HeaderSize && id.Slice(4, 16).SequenceEqual(Provider);
}
