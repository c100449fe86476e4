using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>The properties of a property context, all checked, in the order of their ids.</summary>
internal sealed class PropertySet
{
    private readonly NodeObject _owner;
    private readonly List<PropertyRecord> _records = [];

    private PropertySet(NodeObject owner) => _owner = owner;

    /// <summary>The node they belong to.</summary>
    public NodeObject Owner => _owner;

    public IReadOnlyList<PropertyRecord> Records => _records;

    /// <summary>Reads and checks the properties of a node; null, and findings, where there is no property context.</summary>
    public static PropertySet? Read(NodeObject owner, NameMap? names)
    {
        CheckContext context = owner.Context;
        if (HeapTree.ReadHeader(
                context, owner.Heap, owner.Heap.Root, owner.Place, h => h.KeySize == PropertyRecord.KeySize && h.EntrySize == PropertyRecord.Size - PropertyRecord.KeySize)
            is not BTreeOnHeapHeader header)
        {
            return null;
        }

        PropertySet set = new(owner);
        bool sorted = true;
        foreach (ReadOnlyMemory<byte> bytes in HeapTree.Records(context, owner.Heap, header, owner.Place))
        {
            PropertyRecord record = PropertyRecord.Read(bytes.Span);
            sorted &= set._records.Count == 0 || set._records[^1].Tag.Id < record.Tag.Id;
            set._records.Add(record);
            set.CheckRecord(record);
            names?.CheckNamed(owner, record.Tag);
        }

        if (!sorted)
        {
            set._records.Sort((a, b) => a.Tag.Id.CompareTo(b.Tag.Id));
        }

        return set;
    }

    /// <summary>Finds a property by id.</summary>
    public bool TryFind(ushort id, out PropertyRecord record)
    {
        int low = 0;
        int high = _records.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = _records[middle].Tag.Id.CompareTo(id);
            if (order == 0)
            {
                record = _records[middle];
                return true;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        record = default;
        return false;
    }

    /// <summary>Whether there is a property of that id.</summary>
    public bool Has(ushort id) => TryFind(id, out _);

    /// <summary>A 32-bit property; null where there is none.</summary>
    public uint? Integer(PropertyTag tag) => TryFind(tag.Id, out PropertyRecord record) && record.Tag == tag ? record.Value : null;

    /// <summary>
    /// The bytes of a value as a table would hold them: inline values by their size, others as stored. Null where there is no such
    /// property or its value is missing or large.
    /// </summary>
    public ReadOnlyMemory<byte>? Bytes(ushort id)
    {
        if (!TryFind(id, out PropertyRecord record))
        {
            return null;
        }

        int inline = InlineSize(record.Tag.Type);
        if (inline > 0)
        {
            byte[] value = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(value, record.Value);
            return value.AsMemory(0, inline);
        }

        return _owner.TryGetValue(new HeapOrNodeId(record.Value), wantBytes: true, out _, out ReadOnlyMemory<byte>? bytes) ? bytes : null;
    }

    /// <summary>Bytes of a value that a record holds itself; 0 for other types.</summary>
    public static int InlineSize(PropertyType type)
    {
        int size = PropertyTypes.FixedSize(type);
        return size <= sizeof(uint) ? size : 0;
    }

    private void CheckRecord(PropertyRecord record)
    {
        PropertyType type = record.Tag.Type;
        if (!ValueCheck.IsKnown(type))
        {
            _owner.Context.Report(PstCheckRules.PropertyKind, _owner.Place, record.Tag.Value);
            return;
        }

        int inline = InlineSize(type);
        if (inline > 0)
        {
            bool clean = type switch
            {
                PropertyType.Boolean => record.Value <= 1,
                PropertyType.Integer16 => record.Value <= ushort.MaxValue,
                _ => true,
            };
            if (!clean)
            {
                _owner.Context.Report(PstCheckRules.InlineValue, _owner.Place, record.Tag.Value, record.Value);
            }

            return;
        }

        HeapOrNodeId id = new(record.Value);
        bool isFixed = !PropertyTypes.IsMultiple(type) && (PropertyTypes.FixedSize(type) > 0 || type == PropertyType.Object);
        if (isFixed && id.IsNone)
        {
            _owner.Context.Report(PstCheckRules.ValueAbsent, _owner.Place, record.Tag.Value);
        }
        else if (isFixed && !id.IsHeapItem)
        {
            _owner.Context.Report(PstCheckRules.ValueLength, _owner.Place, record.Tag.Value, 0);
        }
        else if (_owner.TryUse(id))
        {
            ValueCheck.Check(_owner, record.Tag, id);
        }
    }
}
