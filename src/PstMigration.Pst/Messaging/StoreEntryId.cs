using System;
using System.Buffers.Binary;

namespace PstMigration.Pst.Messaging;

/// <summary>Entry ids of folders and items within a file (ms-pst C.1): flags 0 (4) = 0, record key of the store 4 (16), NID 20 (4).</summary>
internal static class StoreEntryId
{
    private const int Size = 24;

    /// <summary>The entry id of a node in the store with this record key.</summary>
    public static byte[] Create(byte[] recordKey, NodeId id)
    {
        byte[] entryId = new byte[Size];
        recordKey.CopyTo(entryId, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(entryId.AsSpan(20), id.Value);
        return entryId;
    }
}
