using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Items with their recipients and attachments, and the items embedded in those, without recursion.</summary>
internal sealed class ItemCheck(NodeContents contents, NameMap? names)
{
    private const int MaxDepth = 400;
    private const uint HasAttachFlag = 0x10;
    private const uint RecipientKindMask = 0x0FFFFFFF;
    private const uint LastRecipientKind = 3;

    // 0x0E07, 0x0E08, 0x3007, 0x3008, 0x300B ([MS-PST] 2.4.5.1).
    private static readonly PropertyTag[] s_expected =
    [
        PropertyTags.MessageFlags, PropertyTags.MessageSize, PropertyTags.CreationTime, PropertyTags.LastModificationTime, PropertyTags.SearchKey,
    ];

    // By recipient type: To, Cc, Bcc.
    private static readonly PropertyTag[] s_display = [PropertyTags.DisplayTo, PropertyTags.DisplayCc, PropertyTags.DisplayBcc];

    private readonly Stack<Work> _pending = new();

    private CheckContext Context => contents.Context;

    /// <summary>Reads the properties of a node that is checked in its turn: no findings now.</summary>
    public static PropertySet? Peek(NodeContents contents, BlockId data, BlockId subnodes, Place place)
    {
        contents.Context.IsQuiet = true;
        try
        {
            return NodeObject.Open(contents, data, subnodes, place, HeapSignature.PropertyContext) is NodeObject owner
                ? PropertySet.Read(owner, names: null)
                : null;
        }
        finally
        {
            contents.Context.IsQuiet = false;
        }
    }

    /// <summary>Checks an item and all within it.</summary>
    /// <param name="data">Its data.</param>
    /// <param name="subnodes">Its subnodes.</param>
    /// <param name="place">Its node.</param>
    /// <param name="row">Compares the item with its row.</param>
    public IEnumerable<Pause> Run(BlockId data, BlockId subnodes, Place place, Action<PropertySet>? row)
    {
        _pending.Push(new Work(null, data, subnodes, place, IsAttachment: false, row));
        while (_pending.Count > 0)
        {
            Work work = _pending.Pop();
            if (work.Place.Depth > MaxDepth || work.IsWithinItself)
            {
                Context.Report(PstCheckRules.SubnodeCycle, work.Place, MaxDepth);
            }
            else if (NodeObject.Open(contents, work.Data, work.Subnodes, work.Place, HeapSignature.PropertyContext) is NodeObject owner
                && PropertySet.Read(owner, names) is PropertySet properties)
            {
                owner.Heap.CheckLeaks();
                owner.Subnodes.CheckUses(Context, work.Place);
                bool enter = contents.TryEnterSubnodes(work.Subnodes);
                if (work.IsAttachment)
                {
                    CheckAttachment(work, properties, enter);
                }
                else
                {
                    CheckItem(work, properties, enter);
                }
            }

            yield return default;
        }
    }

    private Place Inside(Place place, SubnodeEntry entry) => new(entry.Id, contents.OffsetOf(entry.Data), place);

    private void CheckItem(Work work, PropertySet item, bool enter)
    {
        Context.Items++;
        work.Row?.Invoke(item);
        if (item.Bytes(PropertyTags.MessageClass.Id) is not { IsEmpty: false })
        {
            Context.Report(PstCheckRules.MessageClass, work.Place);
        }

        foreach (PropertyTag tag in s_expected)
        {
            if (!item.Has(tag.Id))
            {
                Context.Report(PstCheckRules.ItemProperties, work.Place, tag.Value);
            }
        }

        if (Context.Applies(PstCheckRules.MessageSize) && item.Integer(PropertyTags.MessageSize) is uint size)
        {
            long actual = Measure(work.Data, item.Owner.Subnodes);
            if (size != actual)
            {
                Context.Report(PstCheckRules.MessageSize, work.Place, size, actual);
            }
        }

        if (enter)
        {
            CheckParts(work, item);
        }
    }

    private void CheckParts(Work work, PropertySet item)
    {
        NodeObject owner = item.Owner;
        HashSet<uint> attachments = [];
        HashSet<uint> rows = [];
        bool rowsKnown = true;
        for (int i = 0; i < owner.Subnodes.Count; i++)
        {
            SubnodeEntry entry = owner.Subnodes[i];
            Place place = Inside(owner.Place, entry);
            if (entry.Id == NodeId.RecipientTable)
            {
                CheckRecipients(item, OpenTable(entry, place));
            }
            else if (entry.Id == NodeId.AttachmentTable)
            {
                Table? table = OpenTable(entry, place);
                rowsKnown = table is not null;
                foreach (TableRow row in table?.Rows() ?? [])
                {
                    rows.Add(row.Id);
                }
            }
            else if (entry.Id.Type == NodeIdType.Attachment)
            {
                attachments.Add(entry.Id.Value);
                _pending.Push(new Work(work, entry.Data, entry.Subnodes, place, IsAttachment: true, null));
            }
            else if (entry.Id.Type != NodeIdType.Ltp)
            {
                AnyNode.Check(contents, entry.Data, entry.Subnodes, place, names);
            }
        }

        if (rowsKnown)
        {
            CheckAttachmentRows(item, attachments, rows);
        }
    }

    private void CheckAttachmentRows(PropertySet item, HashSet<uint> attachments, HashSet<uint> rows)
    {
        if (item.Integer(PropertyTags.MessageFlags) is uint flags && ((flags & HasAttachFlag) != 0) != (rows.Count > 0))
        {
            Context.Report(PstCheckRules.AttachFlag, item.Owner.Place, flags, rows.Count);
        }

        rows.SymmetricExceptWith(attachments);
        foreach (uint id in rows)
        {
            Context.Report(PstCheckRules.AttachmentRow, item.Owner.Place, id);
        }
    }

    private Table? OpenTable(SubnodeEntry entry, Place place) =>
        NodeObject.Open(contents, entry.Data, entry.Subnodes, place, HeapSignature.TableContext) is NodeObject owner ? Table.Read(owner, names) : null;

    private void CheckRecipients(PropertySet item, Table? table)
    {
        if (table is null)
        {
            return;
        }

        int[] counts = new int[LastRecipientKind + 1];
        foreach (TableRow row in table.Rows())
        {
            if (table.Integer(row, PropertyTags.RecipientType) is uint type)
            {
                uint kind = type & RecipientKindMask;
                if (kind > LastRecipientKind)
                {
                    Context.Report(PstCheckRules.RecipientType, table.Owner.Place, row.Id, type);
                }
                else
                {
                    counts[kind]++;
                }
            }
        }

        for (int kind = 1; kind <= LastRecipientKind; kind++)
        {
            PropertyTag tag = s_display[kind - 1];
            if (item.TryFind(tag.Id, out PropertyRecord record) && (record.Value != 0) != (counts[kind] > 0))
            {
                Context.Report(PstCheckRules.RecipientNames, item.Owner.Place, tag.Value, counts[kind]);
            }
        }
    }

    private void CheckAttachment(Work work, PropertySet attachment, bool enter)
    {
        NodeObject owner = attachment.Owner;
        bool hasData = attachment.TryFind(PropertyTags.AttachDataBinary.Id, out PropertyRecord data);
        bool isObject = hasData && data.Tag.Type == PropertyType.Object;
        AttachMethod? method = (AttachMethod?)attachment.Integer(PropertyTags.AttachMethod);
        if (method is null && hasData)
        {
            Context.Report(PstCheckRules.AttachMethodAbsent, owner.Place, data.Tag.Value);
        }
        else if (method is AttachMethod known && !Suits(known, hasData, isObject))
        {
            Context.Report(PstCheckRules.AttachMethod, owner.Place, (int)known, hasData ? data.Tag.Value : 0);
        }

        NodeId node = default;
        uint size = 0;
        if (isObject && owner.Heap.TryGet(new HeapId(data.Value), out ReadOnlyMemory<byte> value))
        {
            node = ValueCheck.ObjectNode(value.Span, out size);
        }

        bool exists = owner.Subnodes.TryFind(node, out SubnodeEntry embedded);
        bool isItem = method == AttachMethod.EmbeddedMessage || (method is null && node.Type == NodeIdType.NormalMessage);
        if (isItem && (isObject || !hasData) && (!exists || embedded.Data.IsNone))
        {
            Context.Report(PstCheckRules.EmbeddedItem, owner.Place, node.Value);
        }

        if (exists && Context.Applies(PstCheckRules.EmbeddedSize))
        {
            CheckEmbeddedSize(owner.Place, embedded, size);
        }

        for (int i = 0; enter && i < owner.Subnodes.Count; i++)
        {
            SubnodeEntry entry = owner.Subnodes[i];
            Place place = Inside(owner.Place, entry);
            if (exists && entry == embedded && isItem)
            {
                if (!entry.Data.IsNone)
                {
                    _pending.Push(new Work(work, entry.Data, entry.Subnodes, place, IsAttachment: false, null));
                }
            }
            else if (entry.Id.Type != NodeIdType.Ltp)
            {
                AnyNode.Check(contents, entry.Data, entry.Subnodes, place, names);
            }
        }
    }

    // That an embedded item has no object at all is told as its absence.
    private static bool Suits(AttachMethod method, bool hasData, bool isObject) => method switch
    {
        AttachMethod.EmbeddedMessage => isObject || !hasData,
        AttachMethod.Ole => isObject,
        AttachMethod.ByValue => !isObject,
        _ => !hasData || !isObject,
    };

    private void CheckEmbeddedSize(Place owner, SubnodeEntry entry, uint size)
    {
        Place place = Inside(owner, entry);
        if (contents.OpenSubnodes(entry.Subnodes, place) is SubnodeList subnodes)
        {
            long actual = Measure(entry.Data, subnodes);
            if (size != actual)
            {
                Context.Report(PstCheckRules.EmbeddedSize, place, size, actual);
            }
        }
    }

    // Bytes of data of a node and all its subnodes; inner blocks of trees do not count, as Outlook counts.
    private long Measure(BlockId data, SubnodeList subnodes)
    {
        long total = contents.LengthOf(data);
        Place place = new(default, null);
        Stack<(SubnodeList List, int Depth)> pending = new();
        pending.Push((subnodes, 0));
        while (pending.Count > 0)
        {
            (SubnodeList list, int depth) = pending.Pop();
            for (int i = 0; i < list.Count; i++)
            {
                total += contents.LengthOf(list[i].Data);
                if (!list[i].Subnodes.IsNone && depth < MaxDepth)
                {
                    Context.IsQuiet = true;
                    SubnodeList? below = contents.OpenSubnodes(list[i].Subnodes, place);
                    Context.IsQuiet = false;
                    if (below is not null)
                    {
                        pending.Push((below, depth + 1));
                    }
                }
            }
        }

        return total;
    }

    private sealed record Work(
        Work? Owner, BlockId Data, BlockId Subnodes, Place Place, bool IsAttachment, Action<PropertySet>? Row)
    {
        /// <summary>Whether the subnodes are those of something that contains it. The depth is limited, and so is the way up.</summary>
        public bool IsWithinItself
        {
            get
            {
                for (Work? above = Owner; above is not null && !Subnodes.IsNone; above = above.Owner)
                {
                    if (above.Subnodes == Subnodes)
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
