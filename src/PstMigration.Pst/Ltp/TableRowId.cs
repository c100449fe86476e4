using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>A row of a table: its id (dwRowID) and its number in the row matrix (dwRowIndex).</summary>
internal readonly record struct TableRowId(uint Id, int Number)
{
    /// <summary>Bytes of an id, the key of the index of rows.</summary>
    public const int KeySize = 4;

    /// <summary>Reads a row's number from its entry in the index: 4 bytes, 2 in ANSI files ([MS-PST] 2.3.4.3.1).</summary>
    public static int ReadNumber(ReadOnlySpan<byte> entry) => entry.Length >= sizeof(uint)
        ? (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(entry))
        : BinaryPrimitives.ReadUInt16LittleEndian(entry);

    /// <summary>Writes a row's number into its entry in the index.</summary>
    public static void WriteNumber(Span<byte> entry, int number)
    {
        if (entry.Length >= sizeof(uint))
        {
            BinaryPrimitives.WriteInt32LittleEndian(entry, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry, checked((ushort)number));
        }
    }
}
