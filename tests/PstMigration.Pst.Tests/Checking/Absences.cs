using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using R = PstMigration.Pst.PstCheckRules;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Something a sound file is made to do without, and what the checker says of that: nothing where it may be absent.</summary>
/// <param name="Name">What is absent.</param>
/// <param name="Apply">Takes it away.</param>
/// <param name="Rules">The rules that name it.</param>
internal sealed record Absence(string Name, Action<PstPatch> Apply, params PstCheckRule[] Rules)
{
    private static readonly ushort[] s_counts = [0x3602, 0x3603, 0x360A];

    public static IReadOnlyList<Absence> All =>
    [
        // As Exchange exports a mailbox: no count of 0, 0x360A nowhere, and rows that repeat just what the folder says.
        new("folder: counts of 0", p => RemoveCounts(p, "Child", s_counts), R.FolderUncounted),
        new("folder: counts of 0, also in its row", p => RemoveCounts(p, "Child", s_counts, ofRow: true), R.FolderUncounted),
        new("folder: counts of 0, only in its row", p => RemoveCounts(p, "Child", [], ofRow: true)),
        new("folder: whether it has subfolders, which it has", p => RemoveCounts(p, "Other", [0x360A]), R.FolderUncounted),
        new("folder: its number of items", p => RemoveCounts(p, "Inbox", [0x3602]), R.FolderCountAbsent),
        new("folder: its number of unread items", p => RemoveCounts(p, "Inbox", [0x3603]), R.FolderCountAbsent),
        new("folder: its number of items, only in its row", p => RemoveRootCells(p, 0x36020003), R.FolderRowValue),
        new("folder: an empty table of subfolders", p => RemoveTable(p, "Child", NodeIdType.HierarchyTable), R.EmptyTables),
        new("folder: an empty table of items", p => RemoveTable(p, "Child", NodeIdType.ContentsTable), R.EmptyTables),
        new("folder: an empty table of FAI items", p => RemoveTable(p, "Child", NodeIdType.AssociatedContentsTable), R.EmptyTables),
        new("folder: the data of an empty table", p => RemoveTableData(p, "Child", NodeIdType.ContentsTable), R.EmptyTables),
        new("folder: the table of its items", p => RemoveTable(p, "Inbox", NodeIdType.ContentsTable), R.FolderTables),
        new("folder: the table of its FAI items", p => RemoveTable(p, "Inbox", NodeIdType.AssociatedContentsTable), R.FolderTables),
        new("root folder: an empty table of items", p => RemoveNode(p, 0x12E), R.EmptyTables),
        new("root folder: the table of its subfolders", p => RemoveNode(p, 0x12D), R.FolderTables),
        new("search folder: queue, criteria and contents", p => RemoveNodes(p, 0x2230, 0x2227, 0x2226), R.SearchTables),

        new("store: name", p => Remove(p, 0x21, 0x3001), R.StoreOptional),
        new("store: folder mask", p => Remove(p, 0x21, 0x35DF), R.StoreOptional),
        new("store: password", p => Remove(p, 0x21, 0x67FF), R.StoreOptional),
        new("store: Deleted Items", p => Remove(p, 0x21, 0x35E3), R.StoreOptional),
        new("store: search root", p => Remove(p, 0x21, 0x35E7), R.StoreOptional),
        new("store: IPM subtree", p => Remove(p, 0x21, 0x35E0), R.StoreProperty),
        new("store: record key", p => Remove(p, 0x21, 0x0FF9), R.StoreProperty),
        new("an OST's folder 0x2142, where the store names another", p => p.EditHeader(h => (h[9], h[12]) = (0x4F, 12))),
        new("an OST's folder 0x2142, where the store names none", p => AsOst(p, 0x35E0), R.OstSubtree),
        new("an OST's record key", p => AsOst(p, 0x0FF9), R.OstSubtree),
        new("table templates", p => RemoveNodes(p, 0x692, 0x610, 0x60F, 0x60E, 0x60D), R.TemplateNode),
        new("name map", p => RemoveNode(p, 0x61), R.RequiredNode),
        new("name map: number of buckets", p => Remove(p, 0x61, 0x0001), R.NameMapBuckets),
        new("name map: a bucket", p => Remove(p, 0x61, LastRecord(p, p.Node(0x61).Data.Value)), R.NameMapBucket),

        new("item: flags, size, times, search key", p => Array.ForEach([0x0E07, 0x0E08, 0x3007, 0x3008, 0x300B], id => Remove(p, In("Last"), (ushort)id))),
        new("item: names of the recipients", p => Array.ForEach([0x0E03, 0x0E04], id => Remove(p, In("Last"), (ushort)id))),
        new("item: message class", p => Remove(p, In("Last"), 0x001A), R.MessageClass),
        new("embedded item: message class", p => p.RemoveRecord(Embedded(p), 0x001A), R.MessageClass),
        new("item: the value of a time", p => p.SetValue(Data(p, In("Values")), 0x6005, 0), R.ValueAbsent),
        new("item: a cell of its row", p => p.RemoveCells(Data(p, Table("Inbox", NodeIdType.ContentsTable)), 0x0037001F), R.RowValue),
        new("recipient: type", p => p.RemoveCells(p.Subnode(p.Node(In("Mail")).Subnodes, 0x692).Data.Value, 0x0C150003), R.RecipientNames),
        new("attachment: data", p => p.RemoveRecord(Attachment(p, 1), 0x3701)),
        new("attachment: method", p => p.RemoveRecord(Attachment(p, 1), 0x3705), R.AttachMethodAbsent),
        new("attachment: method, of an embedded item", p => p.RemoveRecord(Attachment(p, 3), 0x3705), R.AttachMethodAbsent),
        new("attachment: method, where there is no data", p => Array.ForEach([0x3705, 0x3701], id => p.RemoveRecord(Attachment(p, 1), (ushort)id))),
        new("attachment: the object of an embedded item", p => p.RemoveRecord(Attachment(p, 3), 0x3701), R.EmbeddedItem),
        new("attachment: the object of an OLE object", p => p.RemoveRecord(Attachment(p, 4), 0x3701), R.AttachMethod, R.SubnodeUse),
        new("attachment: which object an embedded item is", p => p.SetValue(Attachment(p, 3), 0x3701, 0), R.ValueAbsent, R.EmbeddedItem),
    ];

    public override string ToString() => Name;

    private static uint In(string name) => CheckFiles.InSmall(name);

    private static uint Table(string folder, NodeIdType type) => new NodeId(In(folder)).WithType(type).Value;

    private static ulong Data(PstPatch p, uint node) => p.Node(node).Data.Value;

    private static ulong Attachment(PstPatch p, int number) =>
        LtpMutations.SubnodeOf(p, p.Node(In("Attachments")).Subnodes, NodeIdType.Attachment, number).Data.Value;

    private static ulong Embedded(PstPatch p)
    {
        SubnodeEntry attachment = LtpMutations.SubnodeOf(p, p.Node(In("Attachments")).Subnodes, NodeIdType.Attachment, 3);
        return LtpMutations.SubnodeOf(p, attachment.Subnodes, NodeIdType.NormalMessage, 1).Data.Value;
    }

    private static void Remove(PstPatch p, uint node, ushort id) => p.RemoveRecord(Data(p, node), id);

    private static void RemoveCounts(PstPatch p, string folder, ushort[] ids, bool ofRow = false)
    {
        foreach (ushort id in ids)
        {
            Remove(p, In(folder), id);
        }

        if (ofRow)
        {
            ulong table = Data(p, Table("Other", NodeIdType.HierarchyTable));
            p.RemoveCells(table, 0x36020003);
            p.RemoveCells(table, 0x36030003);
            p.RemoveCells(table, 0x360A000B);
        }
    }

    // Of the folders right below the IPM subtree, the Inbox has items.
    private static void RemoveRootCells(PstPatch p, uint tag) =>
        p.RemoveCells(Data(p, p.Node(In("Inbox")).Parent.WithType(NodeIdType.HierarchyTable).Value), tag);

    private static void RemoveTable(PstPatch p, string folder, NodeIdType type) => RemoveNode(p, Table(folder, type));

    private static void RemoveTableData(PstPatch p, string folder, NodeIdType type)
    {
        uint table = Table(folder, type);
        p.AddReferences(Data(p, table), -1);
        p.EditNode(table, n => n with { Data = default });
    }

    // Not the first of a page, whose key stands in the page above.
    private static void RemoveNodes(PstPatch p, params uint[] ids) => Array.ForEach(ids, id => RemoveNode(p, id));

    private static void RemoveNode(PstPatch p, uint id)
    {
        BlockId data = p.Node(id).Data;
        if (!data.IsNone)
        {
            p.AddReferences(data.Value, -1);
        }

        p.RemoveNode(id);
    }

    private static void AsOst(PstPatch p, ushort without)
    {
        p.EditHeader(h => (h[9], h[12]) = (0x4F, 12));
        Remove(p, 0x21, without);
    }

    private static ushort LastRecord(PstPatch p, ulong block)
    {
        ushort id = 0;
        p.EditRecords(block, r => id = BinaryPrimitives.ReadUInt16LittleEndian(r[^PropertyRecord.Size..]));
        return id;
    }
}
