using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using R = PstMigration.Pst.PstCheckRules;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Damage to heaps, property contexts and tables.</summary>
internal static class LtpMutations
{
    private const ushort Flag = 0x6000;
    private const ushort Text = 0x6001;
    private const ushort OtherText = 0x6002;
    private const ushort Bytes = 0x6003;
    private const ushort Texts = 0x6004;
    private const ushort Time = 0x6005;
    private const ushort Large = 0x6006;
    private const ushort Number = 0x6007;

    public static IEnumerable<Mutation> All =>
    [
        Values(R.HeapHeader, (p, b) => p.EditBlock(b, d => d[2] = 0xED)),
        Values(R.HeapMap, (p, b) => p.EditBlock(b, d => d[BinaryPrimitives.ReadUInt16LittleEndian(d) + 4]--)),
        Values(R.FreeCount, (p, b) => p.EditBlock(b, d => d[BinaryPrimitives.ReadUInt16LittleEndian(d) + 2]++)),
        Values(R.HeapEnd, (p, b) => p.Write(b, [.. p.Read(b), 0, 0])) with { Own = false },
        Values(R.HeapItemMissing, (p, b) => p.SetValue(b, Text, 0xFFE0)) with { Own = false },
        Values(R.HeapItemTwice, (p, b) => p.SetValue(b, Text, p.Value(b, OtherText))) with { Own = false },
        Values(R.HeapLeak, (p, b) => p.SetValue(b, Text, 0)),
        Values(R.SubnodeMissing, (p, b) => p.SetValue(b, Text, 0xFFFF)) with { Own = false },
        Values(R.SubnodeUse, (p, b) => p.SetValue(b, Large, 0)),
        Values(R.TreeHeader, (p, b) => EditTree(p, b, t => t[2]++)),
        Values(R.TreeKeys, (p, b) => p.EditRecords(b, SwapLast)),
        Values(R.TreeShape, (p, b) => EditTree(p, b, t => t[3] = 9)),
        Values(R.PropertyKind, (p, b) => p.EditRecord(b, Number, r => r[2] = 0xAB)),
        Values(R.InlineValue, (p, b) => p.SetValue(b, Flag, 0x6F0001)),
        Values(R.TextLength, (p, b) => p.EditRecord(b, Bytes, r => SetType(r, PropertyType.String))),
        Values(R.TextTerminator, (p, b) => p.EditItem(b, p.Value(b, Text), v => v[^2..].Clear())),
        Values(R.MultiValue, (p, b) => p.EditItem(b, p.Value(b, Texts), v => v[4] = 200)),
        Attachment(R.ObjectValue, 4, (p, b) => p.EditItem(b, p.Value(b, 0x3701), v => v[0] ^= 0x20)) with { Also = [R.SubnodeUse] },
        Values(R.ValueAbsent, (p, b) => p.SetValue(b, Time, 0)) with { Own = false },
        Values(R.ValueLength, (p, b) => p.EditRecord(b, Time, r => SetType(r, PropertyType.Guid))),

        Recipients(R.TableHeaderShape, (p, b) => p.EditTable(b, t => t[8]++)),
        Recipients(R.Columns, (p, b) => p.EditTable(b, t => t[TableHeader.Size + 7] = t[TableHeader.Size + 15])),
        Recipients(R.ColumnOrder, (p, b) => p.EditTable(b, t => SwapFirst(t[TableHeader.Size..]))),
        Recipients(R.RowIdColumns, (p, b) => p.EditTable(b, t => EditColumn(t, 0x67F30003, c => BinaryPrimitives.WriteUInt32LittleEndian(c, 0x67F40003)))),
        Recipients(R.RowCount, (p, b) => p.EditIndex(b, i => i[4] = 99)),
        Recipients(R.RowId, (p, b) => p.EditRows(b, r => r[0] ^= 0x40)),
        Recipients(R.RowBits, (p, b) => p.EditRows(b, r => r[p.Table(b).EndOf1Byte] &= 0x7F)),
        Recipients(R.Matrix, (p, b) => p.EditTable(b, t => BinaryPrimitives.WriteUInt32LittleEndian(t[14..], Cell(p, b))))
            with { Also = [R.RowCount, R.RecipientNames], Own = false },
        Recipients(R.Cell, (p, b) => p.EditRows(b, r => BinaryPrimitives.WriteUInt32LittleEndian(r[p.Column(b, 0x3001001F).Offset..], 0xFFE0))) with { Own = false },
    ];

    private static Mutation Values(PstCheckRule rule, Action<PstPatch, ulong> apply) =>
        new(rule, CheckFiles.Small, p => apply(p, p.Node(CheckFiles.InSmall("Values")).Data.Value));

    private static Mutation Attachment(PstCheckRule rule, int number, Action<PstPatch, ulong> apply) => new(rule, CheckFiles.Small, p =>
    {
        BlockId subnodes = p.Node(CheckFiles.InSmall("Attachments")).Subnodes;
        apply(p, SubnodeOf(p, subnodes, NodeIdType.Attachment, number).Data.Value);
    });

    private static Mutation Recipients(PstCheckRule rule, Action<PstPatch, ulong> apply) => new(rule, CheckFiles.Small, p =>
        apply(p, p.Subnode(p.Node(CheckFiles.InSmall("Mail")).Subnodes, NodeId.RecipientTable.Value).Data.Value));

    /// <summary>The subnode of a type, counted from 1.</summary>
    public static SubnodeEntry SubnodeOf(PstPatch p, BlockId subnodes, NodeIdType type, int number)
    {
        byte[] block = p.Read(subnodes.Value);
        for (int at = p.Layout.SubnodeHeaderSize; ; at += p.Layout.SubnodeEntrySize)
        {
            SubnodeEntry entry = SubnodeEntry.Read(block.AsSpan(at), p.Layout);
            if (entry.Id.Type == type && --number == 0)
            {
                return entry;
            }
        }
    }

    private static void EditTree(PstPatch p, ulong block, Edit edit) => p.EditItem(block, HeapHeader.Read(p.Read(block)).Root.Value, edit);

    private static void SetType(Span<byte> record, PropertyType type) => BinaryPrimitives.WriteUInt16LittleEndian(record[2..], (ushort)type);

    private static uint Cell(PstPatch p, ulong block)
    {
        uint value = 0;
        int offset = p.Column(block, 0x3001001F).Offset;
        p.EditRows(block, r => value = BinaryPrimitives.ReadUInt32LittleEndian(r[offset..]));
        return value;
    }

    private static void EditColumn(Span<byte> table, uint tag, Edit edit)
    {
        for (int at = TableHeader.Size; at < table.Length; at += TableColumn.Size)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(table[at..]) == tag)
            {
                edit(table.Slice(at, TableColumn.Size));
                return;
            }
        }
    }

    private static void SwapFirst(Span<byte> items)
    {
        byte[] first = items[..8].ToArray();
        items[8..16].CopyTo(items);
        first.CopyTo(items[8..]);
    }

    private static void SwapLast(Span<byte> items) => SwapFirst(items[^16..]);
}
