using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Gives named properties their local ids, 0x8000 and up, and builds the name-to-id map (MS-PST 2.4.7; ms-pst C.3): streams of
/// GUIDs, entries and strings, and hash buckets over the entries. An entry, NAMEID, is dwPropertyID 0 (4), wGuid 4 (2:
/// bit 0 a string name, the rest the GUID's index), wPropIdx 6 (2).
/// </summary>
internal sealed class NameToIdMapBuilder
{
    private const int BucketCount = 251;
    private const ushort BucketCountId = 0x0001;
    private const ushort GuidStreamId = 0x0002;
    private const ushort EntryStreamId = 0x0003;
    private const ushort StringStreamId = 0x0004;
    private const ushort FirstBucketId = 0x1000;
    private const int EntrySize = 8;

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
    private readonly List<byte>?[] _buckets = new List<byte>?[BucketCount];

    /// <summary>The local id of a property: its own, or the one given to its name.</summary>
    /// <exception cref="PstException">PstTooManyNames.</exception>
    public ushort IdOf(PropertyKey key) => key.Name is PropertyName name ? IdOf(name) : key.Id;

    /// <summary>The map as properties of node 0x61.</summary>
    public PropertyList ToProperties()
    {
        PropertyList list = new();
        list.Set(BucketCountId, PropertyValue.FromInt32(BucketCount));
        list.Set(GuidStreamId, PropertyValue.FromBinary(_guidStream.ToArray()));
        list.Set(EntryStreamId, PropertyValue.FromBinary(_entryStream.ToArray()));
        list.Set(StringStreamId, PropertyValue.FromBinary(_stringStream.ToArray()));
        for (int i = 0; i < BucketCount; i++)
        {
            if (_buckets[i] is List<byte> bucket)
            {
                list.Set((ushort)(FirstBucketId + i), PropertyValue.FromBinary(bucket.ToArray()));
            }
        }

        return list;
    }

    private ushort IdOf(PropertyName name)
    {
        if (_ids.TryGetValue(name, out ushort id))
        {
            return id;
        }

        int index = _ids.Count;
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

        AddEntry(_entryStream, stored, guid, index);
        AddEntry(_buckets[(hashed ^ guid) % BucketCount] ??= [], hashed, guid, index);
        id = (ushort)(PropertyTag.FirstNamedId + index);
        _ids.Add(name, id);
        return id;
    }

    private int GuidIndex(Guid set)
    {
        if (!_guids.TryGetValue(set, out int index))
        {
            index = _guids.Count;
            _guids.Add(set, index);
            _guidStream.AddRange(set.ToByteArray());
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
        return offset;
    }

    private static void AddEntry(List<byte> stream, uint id, ushort guid, int index)
    {
        byte[] entry = new byte[EntrySize];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, id);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(4), guid);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), (ushort)index);
        stream.AddRange(entry);
    }
}
