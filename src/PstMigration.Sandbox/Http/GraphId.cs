using System.Buffers.Binary;

namespace PstMigration.Sandbox;

/// <summary>What an id names.</summary>
internal enum IdKind : byte
{
    Folder = 1,
    Item = 2,
    Attachment = 3,
    Conversation = 4,

    /// <summary>One day of a series; the part counts days since 1601.</summary>
    Occurrence = 5,

    /// <summary>A folder as import and export name it, where they have names of their own.</summary>
    MailboxFolder = 6,
}

/// <summary>
/// Ids as clients see them: opaque, URL-safe base64, told apart by case. Layout: prefix (3 bytes, so that they begin with AAMk, or
/// AAkA when immutable), kind u8, mailbox GUID, number u64, generation u32, part u32 (an attachment's number). An ordinary id of an item counts
/// how often it was moved, so that moving changes it; an immutable one does not.
/// </summary>
internal readonly record struct GraphId(IdKind Kind, bool IsImmutable, long Number, long Generation, long Part = 0)
{
    private const int Size = 36;

    private static ReadOnlySpan<byte> OrdinaryPrefix => [0x00, 0x03, 0x24];

    private static ReadOnlySpan<byte> ImmutablePrefix => [0x00, 0x09, 0x00];

    /// <summary>Writes it for a mailbox.</summary>
    public string ToText(Guid mailbox)
    {
        Span<byte> bytes = stackalloc byte[Size];
        (IsImmutable ? ImmutablePrefix : OrdinaryPrefix).CopyTo(bytes);
        bytes[3] = (byte)Kind;
        mailbox.ToByteArray().CopyTo(bytes[4..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[20..], Number);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[28..], IsImmutable ? 0 : (uint)Generation);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[32..], (uint)Part);
        return Convert.ToBase64String(bytes.ToArray()).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads one of this mailbox; false for anything else.</summary>
    public static bool TryParse(string text, Guid mailbox, out GraphId id)
    {
        id = default;
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'));
        }
        catch (FormatException)
        {
            return false;
        }

        bool immutable = bytes.Length == Size && bytes.AsSpan(0, 3).SequenceEqual(ImmutablePrefix);
        if (bytes.Length != Size || !(immutable || bytes.AsSpan(0, 3).SequenceEqual(OrdinaryPrefix))
            || !bytes.AsSpan(4, 16).SequenceEqual(mailbox.ToByteArray()))
        {
            return false;
        }

        id = new GraphId(
            (IdKind)bytes[3],
            immutable,
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(20)),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(28)),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(32)));
        return true;
    }
}
