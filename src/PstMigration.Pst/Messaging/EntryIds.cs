using System.Buffers.Binary;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Entry ids as data files hold them ([MS-PST] 2.4.3.2): 24 bytes, flags 0 (4), store UID (16), NID (4); in offline stores also the
/// 46 bytes of Exchange, where bytes 38 to 43 are the folder's counter.
/// </summary>
internal static class EntryIds
{
    /// <summary>Bytes of a store's UID, its record key.</summary>
    public const int StoreSize = 16;

    private const int LocalSize = 24;
    private const int LocalStore = 4;
    private const int LocalNode = 20;
    private const int ExchangeSize = 46;
    private const int ExchangeCounter = 38;
    private const int CounterSize = 6;

    /// <summary>The local entry id of a node in the store of this record key.</summary>
    public static byte[] Create(byte[] recordKey, NodeId node)
    {
        byte[] id = new byte[LocalSize];
        recordKey.CopyTo(id, LocalStore);
        BinaryPrimitives.WriteUInt32LittleEndian(id.AsSpan(LocalNode), node.Value);
        return id;
    }

    /// <summary>The node of a local entry id.</summary>
    public static bool TryReadNode(ReadOnlySpan<byte> id, out NodeId node)
    {
        node = id.Length == LocalSize ? new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(id[LocalNode..])) : default;
        return !node.IsNone;
    }

    /// <summary>The counter of an Exchange folder entry id, as its six bytes read little-endian.</summary>
    public static bool TryReadCounter(ReadOnlySpan<byte> id, out ulong counter)
    {
        counter = 0;
        if (id.Length != ExchangeSize)
        {
            return false;
        }

        for (int i = CounterSize - 1; i >= 0; i--)
        {
            counter = (counter << 8) | id[ExchangeCounter + i];
        }

        return counter != 0;
    }

    /// <summary>The counter in a folder's own id (0x67F4): the upper six of its eight bytes.</summary>
    public static ulong CounterOf(long folderId) => (ulong)folderId >> 16;
}
