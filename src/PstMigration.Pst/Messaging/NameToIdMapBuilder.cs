using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Gives named properties their local ids, 0x8000 and up, and builds the name-to-id map ([MS-PST] 2.4.7): streams of
/// GUIDs, entries and strings, and hash buckets over the entries. An entry, NAMEID, is dwPropertyID 0 (4), wGuid 4 (2:
/// bit 0 a string name, the rest the GUID's index), wPropIdx 6 (2). An existing map is added to; nothing in it changes.
/// </summary>
internal sealed class NameToIdMapBuilder
{
    private const int DefaultBucketCount = 251;
    private const int MaxBucketCount = 0x1000;
    private const ushort BucketCountId = 0x0001;
    private const ushort GuidStreamId = 0x0002;
    private const ushort EntryStreamId = 0x0003;
    private const ushort StringStreamId = 0x0004;
    private const ushort FirstBucketId = 0x1000;
    private const int EntrySize = 8;
    private const int GuidSize = 16;

    // Ids run to 0xFFFE.
    private const int MaxNames = 0xFFFF - PropertyTag.FirstNamedId;

    private const int NoGuid = 0;
    private const int MapiGuid = 1;
    private const int PublicStringsGuid = 2;

    private readonly Dictionary<PropertyName, ushort> _ids = [];

    // The first three have no place in the GUID stream: the next one, with index 3, begins it.
    private readonly Dictionary<Guid, int> _guids = new()
    {
        [Guid.Empty] = NoGuid,
        [PropertySets.Mapi] = MapiGuid,
        [PropertySets.PublicStrings] = PublicStringsGuid,
    };

    private readonly List<byte> _guidStream = [];
    private readonly List<byte> _entryStream = [];
    private readonly List<byte> _stringStream = [];
    private readonly List<byte>?[] _buckets;

    // Property ids of the map whose values a name given out since the last Save has changed.
    private readonly SortedSet<ushort> _changed = [];
    private int _nextIndex;
    private int _nextGuid = PublicStringsGuid + 1;

    /// <summary>The map of a new file.</summary>
    public NameToIdMapBuilder() => _buckets = new List<byte>?[DefaultBucketCount];

    private NameToIdMapBuilder(PropertyContext map, NamedPropertyMap names)
    {
        _guidStream.AddRange(Read(map, GuidStreamId));
        _entryStream.AddRange(Read(map, EntryStreamId));
        _stringStream.AddRange(Read(map, StringStreamId));
        int buckets = map.TryFind(BucketCountId, out PropertyRecord count) ? (int)count.Value : DefaultBucketCount;
        _buckets = new List<byte>?[buckets is > 0 and <= MaxBucketCount ? buckets : throw PstException.Damaged(PstStructure.NamedPropertyMap, PstDamageReason.LimitExceeded)];
        for (int i = 0; i < _buckets.Length; i++)
        {
            if (Read(map, (ushort)(FirstBucketId + i)) is { Length: > 0 } bucket)
            {
                _buckets[i] = [.. bucket];
            }
        }

        for (int i = 0; (i + 1) * GuidSize <= _guidStream.Count; i++)
        {
            Guid set = new(_guidStream.GetRange(i * GuidSize, GuidSize).ToArray());
            if (!_guids.ContainsKey(set))
            {
                _guids.Add(set, PublicStringsGuid + 1 + i);
            }
        }

        _nextGuid = PublicStringsGuid + 1 + (_guidStream.Count / GuidSize);
        for (int i = 0; i + EntrySize <= _entryStream.Count; i += EntrySize)
        {
            _nextIndex = Math.Max(_nextIndex, (_entryStream[i + 6] | (_entryStream[i + 7] << 8)) + 1);
        }

        foreach (KeyValuePair<PropertyName, ushort> name in names.Ids)
        {
            _ids.Add(name.Key, name.Value);
        }
    }

    /// <summary>Whether names were given out since the map was last saved.</summary>
    public bool HasChanged => _changed.Count > 0;

    /// <summary>The map of a file, to be added to.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static NameToIdMapBuilder Open(INodeDatabase database)
    {
        using NodeReader node = NodeReader.Open(database, NodeId.NameToIdMap);
        PropertyContext map = PropertyContext.Open(node);
        return new NameToIdMapBuilder(map, NamedPropertyMap.Open(database));
    }

    /// <summary>The local id of a property: its own, or the one given to its name.</summary>
    /// <exception cref="PstException">PstTooManyNames.</exception>
    public ushort IdOf(PropertyKey key) => key.Name is PropertyName name ? IdOf(name) : key.Id;

    /// <summary>The map as properties of node 0x61.</summary>
    public PropertyList ToProperties()
    {
        // libpff refuses a file one of whose streams is empty, which those of Outlook's files never are.
        if (_guidStream.Count == 0 || _stringStream.Count == 0)
        {
            IdOf(PropertyNames.SourceKey);
        }

        PropertyList list = new();
        list.Set(BucketCountId, PropertyValue.FromInt32(_buckets.Length));
        list.Set(GuidStreamId, PropertyValue.FromBinary(_guidStream.ToArray()));
        list.Set(EntryStreamId, PropertyValue.FromBinary(_entryStream.ToArray()));
        list.Set(StringStreamId, PropertyValue.FromBinary(_stringStream.ToArray()));
        for (int i = 0; i < _buckets.Length; i++)
        {
            if (_buckets[i] is List<byte> bucket)
            {
                list.Set((ushort)(FirstBucketId + i), PropertyValue.FromBinary(bucket.ToArray()));
            }
        }

        return list;
    }

    /// <summary>Takes the properties of node 0x61 that have changed since the last call.</summary>
    public PropertyList TakeChanges()
    {
        PropertyList all = ToProperties();
        PropertyList changed = new();
        foreach (ushort id in _changed)
        {
            if (all.TryGet(id, out PropertyValue value))
            {
                changed.Set(id, value);
            }
        }

        _changed.Clear();
        return changed;
    }

    private ushort IdOf(PropertyName name)
    {
        if (_ids.TryGetValue(name, out ushort id))
        {
            return id;
        }

        int index = _nextIndex;
        if (index == MaxNames)
        {
            throw PstWriteError.TooManyNames(MaxNames);
        }

        ushort guid = (ushort)((GuidIndex(name.Set) << 1) | (name.Name is null ? 0 : 1));
        uint hashed = name.Lid;
        uint stored = name.Lid;
        if (name.Name is string text)
        {
            ReadOnlySpan<byte> utf16 = MemoryMarshal.AsBytes(text.AsSpan());
            hashed = MapiCrc.Compute(utf16);
            stored = AddString(utf16);
        }

        int bucket = (int)((hashed ^ guid) % (uint)_buckets.Length);
        AddEntry(_entryStream, stored, guid, index);
        AddEntry(_buckets[bucket] ??= [], hashed, guid, index);
        _changed.Add(EntryStreamId);
        _changed.Add((ushort)(FirstBucketId + bucket));
        id = (ushort)(PropertyTag.FirstNamedId + index);
        _nextIndex++;
        _ids.Add(name, id);
        return id;
    }

    private int GuidIndex(Guid set)
    {
        if (!_guids.TryGetValue(set, out int index))
        {
            index = _nextGuid++;
            _guids.Add(set, index);
            _guidStream.AddRange(set.ToByteArray());
            _changed.Add(GuidStreamId);
        }

        return index;
    }

    // Length u32, UTF-16LE without terminator, zeros up to a multiple of 4.
    private uint AddString(ReadOnlySpan<byte> utf16)
    {
        uint offset = (uint)_stringStream.Count;
        byte[] entry = new byte[(sizeof(uint) + utf16.Length + 3) & ~3];
        BinaryPrimitives.WriteInt32LittleEndian(entry, utf16.Length);
        utf16.CopyTo(entry.AsSpan(sizeof(uint)));
        _stringStream.AddRange(entry);
        _changed.Add(StringStreamId);
        return offset;
    }

    private static byte[] Read(PropertyContext map, ushort id) =>
        map.TryRead(id, new TextDecoder(static () => System.Text.Encoding.ASCII), out PropertyValue value)
            && value.Source?.IsLongerThan(NamedPropertyMap.MaxStreamLength) != true
            ? value.AsBinary() ?? []
            : [];

    private static void AddEntry(List<byte> stream, uint id, ushort guid, int index)
    {
        byte[] entry = new byte[EntrySize];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, id);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(4), guid);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), (ushort)index);
        stream.AddRange(entry);
    }
}
