using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using R = PstMigration.Pst.PstCheckRules;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Damage to the store, folders and items.</summary>
internal static class MessagingMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Small(R.RequiredNode, p => Remove(p, 0x61)) with { Own = false },
        Small(R.TemplateNode, p => Remove(p, 0x692)) with { Own = false },
        Small(R.RootParent, p => p.EditNode(0x122, n => n with { Parent = default })),
        Small(R.FolderParent, p => p.EditNode(In("Child"), n => n with { Parent = new NodeId(0x8FFF2) })) with { Also = [R.RowWithoutFolder] },
        Small(R.FolderCycle, p =>
        {
            p.EditNode(In("Other"), n => n with { Parent = new NodeId(In("Child")) });
        }) with { Also = [R.RowWithoutFolder, R.FolderRow] },
        Small(R.FolderTables, p => Remove(p, new NodeId(In("Inbox")).WithType(NodeIdType.AssociatedContentsTable).Value)) with { Own = false },
        Small(R.EmptyTables, p => Remove(p, new NodeId(In("Child")).WithType(NodeIdType.AssociatedContentsTable).Value)),
        Small(R.SearchTables, p => Remove(p, 0x2226)),
        Small(R.ItemFolder, p => p.EditNode(In("Last"), n => n with { Parent = new NodeId(0x8FFF2) })) with { Also = [R.RowWithoutItem] },
        Small(R.ItemRow, p => p.EditNode(In("Last"), n => n with { Parent = new NodeId(In("Other")) })) with { Also = [R.RowWithoutItem] },
        Small(R.RowWithoutItem, p => RenameRow(p, new NodeId(In("Inbox")).WithType(NodeIdType.AssociatedContentsTable).Value)) with { Also = [R.ItemRow] },
        Small(R.ParentZero, p => p.EditNode(0x60D, n => n with { Parent = NodeId.RootFolder })),

        Store(R.StoreProperty, (p, b) => p.EditItem(b, p.Value(b, 0x35E0), v => v[4] ^= 1)),
        Store(R.StoreOptional, (p, b) => p.EditRecord(b, 0x67FF, r => r[0] = 0xFE)),
        Names(R.NameMap, (p, b) => p.SetValue(b, 1, 250)),
        Names(R.NameMapBuckets, (p, b) => p.RemoveRecord(b, 1)),
        Names(R.NameMapBucket, (p, b) => p.EditItem(b, LastValue(p, b), v => v[0] ^= 1)),
        Item(R.UnnamedProperty, "Last", (p, b) => p.EditRecords(b, r => BinaryPrimitives.WriteUInt16LittleEndian(r[^8..], 0xFFF0))),

        Item(R.FolderCount, "Inbox", (p, b) => p.SetValue(b, 0x3602, 77)) with { Also = [R.FolderRowValue] },
        Small(R.FolderRowValue, p =>
        {
            ulong table = p.Node(new NodeId(In("Other")).WithType(NodeIdType.HierarchyTable).Value).Data.Value;
            p.EditRows(table, r => r[p.Column(table, 0x36020003).Offset]++);
        }),
        Item(R.FolderUncounted, "Child", (p, b) => p.RemoveRecord(b, 0x3602)),
        Item(R.FolderCountAbsent, "Inbox", (p, b) => p.RemoveRecord(b, 0x3602)),
        Small(R.FolderRow, p => RenameRow(p, new NodeId(In("Other")).WithType(NodeIdType.HierarchyTable).Value)) with { Also = [R.RowWithoutFolder] },
        Small(R.RowWithoutFolder, p => RenameRow(p, new NodeId(In("Other")).WithType(NodeIdType.HierarchyTable).Value)) with { Also = [R.FolderRow] },
        Contents(R.RowValue, (p, b) => p.EditRows(b, r => r[p.Column(b, 0x00170003).Offset]++)),
        Contents(R.RowSize, (p, b) => p.EditRows(b, r => r[p.Column(b, 0x0E080003).Offset]++)),

        Embedded(R.MessageClass, (p, b) => p.SetValue(b, 0x001A, 0)) with { Own = false },
        Embedded(R.MessageSize, (p, b) => p.SetValue(b, 0x0E08, 5)),
        Embedded(R.ItemProperties, (p, b) => p.EditRecord(b, 0x300B, r => r[0] = 0x0C)),
        Embedded(R.AttachFlag, (p, b) => p.SetValue(b, 0x0E07, 1)),
        Small(R.AttachmentRow, p =>
        {
            ulong table = p.Subnode(p.Node(In("Attachments")).Subnodes, 0x671).Data.Value;
            p.EditIndex(table, i => i[^7] ^= 0x40);
            p.EditRows(table, r => r[(r.Length / 4 * 3) + 1] ^= 0x40);
        }),
        Small(R.RecipientType, p =>
        {
            ulong table = p.Subnode(p.Node(In("Mail")).Subnodes, 0x692).Data.Value;
            p.EditRows(table, r => r[p.Column(table, 0x0C150003).Offset] = 9);
        }) with { Also = [R.RecipientNames] },
        Embedded(R.RecipientNames, (p, b) => p.SetValue(b, 0x0E04, 0)) with { Own = false },
        Attachment(R.AttachMethod, 1, (p, b) => p.SetValue(b, 0x3705, (uint)Mapi.AttachMethod.EmbeddedMessage)),
        Attachment(R.AttachMethodAbsent, 1, (p, b) => p.RemoveRecord(b, 0x3705)) with { Own = false },
        Attachment(R.EmbeddedItem, 3, (p, b) => p.EditItem(b, p.Value(b, 0x3701), v => v[1] ^= 0x80)) with { Also = [R.ObjectValue] },
        Attachment(R.EmbeddedSize, 3, (p, b) => p.EditItem(b, p.Value(b, 0x3701), v => v[4]++)),
    ];

    private static uint In(string name) => CheckFiles.InSmall(name);

    private static Mutation Small(PstCheckRule rule, Action<PstPatch> apply) => new(rule, CheckFiles.Small, apply);

    private static Mutation Item(PstCheckRule rule, string node, Action<PstPatch, ulong> apply) => Small(rule, p => apply(p, p.Node(In(node)).Data.Value));

    private static Mutation Store(PstCheckRule rule, Action<PstPatch, ulong> apply) => Small(rule, p => apply(p, p.Node(0x21).Data.Value));

    private static Mutation Names(PstCheckRule rule, Action<PstPatch, ulong> apply) => Small(rule, p => apply(p, p.Node(0x61).Data.Value));

    private static Mutation Contents(PstCheckRule rule, Action<PstPatch, ulong> apply) =>
        Small(rule, p => apply(p, p.Node(new NodeId(In("Inbox")).WithType(NodeIdType.ContentsTable).Value).Data.Value));

    private static Mutation Attachment(PstCheckRule rule, int number, Action<PstPatch, ulong> apply) => Small(
        rule, p => apply(p, LtpMutations.SubnodeOf(p, p.Node(In("Attachments")).Subnodes, NodeIdType.Attachment, number).Data.Value));

    private static Mutation Embedded(PstCheckRule rule, Action<PstPatch, ulong> apply) => Small(rule, p =>
    {
        SubnodeEntry attachment = LtpMutations.SubnodeOf(p, p.Node(In("Attachments")).Subnodes, NodeIdType.Attachment, 3);
        apply(p, LtpMutations.SubnodeOf(p, attachment.Subnodes, NodeIdType.NormalMessage, 1).Data.Value);
    });

    // Takes a node away and what it refers to with it.
    private static void Remove(PstPatch p, uint id)
    {
        BlockId data = p.Node(id).Data;
        if (!data.IsNone)
        {
            p.AddReferences(data.Value, -1);
        }

        p.RemoveNode(id);
    }

    private static uint LastValue(PstPatch p, ulong block)
    {
        uint value = 0;
        p.EditRecords(block, r => value = BinaryPrimitives.ReadUInt32LittleEndian(r[^4..]));
        return value;
    }

    private static void RenameRow(PstPatch p, uint node)
    {
        ulong table = p.Node(node).Data.Value;
        p.EditIndex(table, i => i[1] ^= 0x10);
        p.EditRows(table, r => r[1] ^= 0x10);
    }
}
