using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// The map between a file's local property numbers and names ([MS-PST] 2.4.7). NAMEID: dwPropertyID 0 (4), wGuid 4 (2)
/// with bit 0 for string names, wPropIdx 6 (2).
/// </summary>
internal sealed class NamedPropertyMap
{
    /// <summary>The most bytes of a stream that are read.</summary>
    public const int MaxStreamLength = 16 << 20;

    private const ushort GuidStream = 0x0002;
    private const ushort EntryStream = 0x0003;
    private const ushort StringStream = 0x0004;
    private const int EntrySize = 8;
    private const int GuidSize = 16;

    private readonly PropertyKey?[] _keys;
    private readonly Dictionary<PropertyName, ushort> _ids = [];

    private NamedPropertyMap(ReadOnlySpan<byte> guids, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> strings, DamageLog damage)
    {
        _keys = new PropertyKey?[Math.Min(CountNumbers(entries), ushort.MaxValue + 1 - PropertyTag.FirstNamedId)];
        for (; entries.Length >= EntrySize; entries = entries[EntrySize..])
        {
            ushort index = BinaryPrimitives.ReadUInt16LittleEndian(entries[6..]);
            if (index < _keys.Length && TryReadName(entries, guids, strings, out PropertyName name))
            {
                _keys[index] = name;
                _ids[name] = (ushort)(PropertyTag.FirstNamedId + index);
            }
            else
            {
                damage.Add(PstStructure.NamedPropertyMap, PstDamageReason.DanglingReference, -1, NodeId.NameToIdMap);
            }
        }
    }

    /// <summary>Names in the map.</summary>
    public int Count => _ids.Count;

    /// <summary>Whether a name of that set is in the map.</summary>
    public bool HasSet(Guid set)
    {
        foreach (PropertyName name in _ids.Keys)
        {
            if (name.Set == set)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The local number of each name.</summary>
    public IReadOnlyDictionary<PropertyName, ushort> Ids => _ids;

    /// <summary>Reads the map; one that is missing or cannot be read is empty, and recorded.</summary>
    public static NamedPropertyMap Open(INodeDatabase database)
    {
        try
        {
            using NodeReader node = NodeReader.Open(database, NodeId.NameToIdMap);
            PropertyContext properties = PropertyContext.Open(node);
            return new NamedPropertyMap(
                ReadStream(properties, GuidStream),
                ReadStream(properties, EntryStream),
                ReadStream(properties, StringStream),
                database.Damage);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            database.Damage.Add(e.Damage ?? new PstDamage(PstStructure.NamedPropertyMap, PstDamageReason.Missing, -1, NodeId.NameToIdMap));
            return new NamedPropertyMap(default, default, default, database.Damage);
        }
    }

    /// <summary>The key of a property number of this file: a standard id stands for itself.</summary>
    public bool TryGetKey(ushort id, out PropertyKey key)
    {
        if (id < PropertyTag.FirstNamedId)
        {
            key = new PropertyKey(id);
            return true;
        }

        int index = id - PropertyTag.FirstNamedId;
        PropertyKey? named = index < _keys.Length ? _keys[index] : null;
        key = named.GetValueOrDefault();
        return named is not null;
    }

    /// <summary>The local number of a name; false where the file does not use it.</summary>
    public bool TryGetId(PropertyName name, out ushort id) => _ids.TryGetValue(name, out id);

    // A map of all the numbers there can be would be two megabytes for every file that is opened.
    private static int CountNumbers(ReadOnlySpan<byte> entries)
    {
        int count = 0;
        for (; entries.Length >= EntrySize; entries = entries[EntrySize..])
        {
            count = Math.Max(count, BinaryPrimitives.ReadUInt16LittleEndian(entries[6..]) + 1);
        }

        return count;
    }

    private static byte[] ReadStream(PropertyContext properties, ushort id) =>
        properties.TryRead(id, new TextDecoder(static () => System.Text.Encoding.ASCII), out PropertyValue value)
            && value.Source?.IsLongerThan(MaxStreamLength) != true
            ? value.AsBinary() ?? []
            : [];

    private static bool TryReadName(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> guids, ReadOnlySpan<byte> strings, out PropertyName name)
    {
        name = default;
        uint number = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        ushort word = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        if (!TryReadSet(word >> 1, guids, out Guid set))
        {
            return false;
        }

        if ((word & 1) == 0)
        {
            name = new PropertyName(set, number);
            return true;
        }

        // At the offset: length u32 in bytes, UTF-16LE, in ANSI files too.
        if (number > strings.Length || strings.Length - (int)number < sizeof(uint))
        {
            return false;
        }

        ReadOnlySpan<byte> text = strings[(int)number..];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(text);
        if (length > text.Length - sizeof(uint))
        {
            return false;
        }

        name = new PropertyName(set, TextDecoder.Decode16(text.Slice(sizeof(uint), (int)length)));
        return true;
    }

    // Sets 0 to 2 are fixed; the rest count from 3 in the GUID stream.
    private static bool TryReadSet(int index, ReadOnlySpan<byte> guids, out Guid set)
    {
        switch (index)
        {
            case 0:
                set = Guid.Empty;
                return true;
            case 1:
                set = PropertySets.Mapi;
                return true;
            case 2:
                set = PropertySets.PublicStrings;
                return true;
            default:
                bool found = (index - 3 + 1) * GuidSize <= guids.Length;
                set = found ? MultiValues.ReadGuid(guids[((index - 3) * GuidSize)..]) : default;
                return found;
        }
    }
}
