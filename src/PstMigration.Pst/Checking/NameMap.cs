using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>The map of named properties (node 0x61; [MS-PST] 2.4.7).</summary>
internal sealed class NameMap
{
    private const ushort BucketCountId = 0x0001;
    private const ushort GuidStreamId = 0x0002;
    private const ushort EntryStreamId = 0x0003;
    private const ushort StringStreamId = 0x0004;
    private const ushort FirstBucketId = 0x1000;
    private const int BucketCount = 251;
    private const int EntrySize = 8;
    private const int FirstStoredGuid = 3;

    private readonly int _count;

    private NameMap(int count) => _count = count;

    /// <summary>Checks the map; null where its names cannot be relied on.</summary>
    public static NameMap? Read(PropertySet properties)
    {
        NodeObject owner = properties.Owner;
        if (!properties.TryFind(BucketCountId, out PropertyRecord buckets))
        {
            owner.Context.Report(PstCheckRules.NameMapBuckets, owner.Place, BucketCountId, BucketCount);
        }
        else if (buckets.Value != BucketCount)
        {
            owner.Context.Report(PstCheckRules.NameMap, owner.Place, BucketCountId, buckets.Value);
            return null;
        }

        ReadOnlyMemory<byte> guids = Stream(properties, GuidStreamId);
        ReadOnlyMemory<byte> entries = Stream(properties, EntryStreamId);
        ReadOnlyMemory<byte> strings = Stream(properties, StringStreamId);
        if (guids.Length % 16 != 0)
        {
            owner.Context.Report(PstCheckRules.NameMap, owner.Place, GuidStreamId, guids.Length / 16);
            return null;
        }

        if (entries.Length % EntrySize != 0)
        {
            owner.Context.Report(PstCheckRules.NameMap, owner.Place, EntryStreamId, entries.Length / EntrySize);
            return null;
        }

        int count = entries.Length / EntrySize;
        Dictionary<int, HashSet<ulong>?> bucketContents = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = entries.Span.Slice(i * EntrySize, EntrySize);
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            ushort guid = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
            ushort index = BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);
            if (index != i || (guid >> 1) - FirstStoredGuid >= guids.Length / 16)
            {
                owner.Context.Report(PstCheckRules.NameMap, owner.Place, EntryStreamId, i);
                continue;
            }

            if ((guid & 1) != 0)
            {
                if (!TryReadString(strings.Span, id, out ReadOnlySpan<byte> text))
                {
                    owner.Context.Report(PstCheckRules.NameMap, owner.Place, StringStreamId, i);
                    continue;
                }

                owner.Context.Spend(text.Length);
                id = MapiCrc.Compute(text);
            }

            int bucket = (int)((id ^ guid) % BucketCount);
            if (!bucketContents.TryGetValue(bucket, out HashSet<ulong>? content))
            {
                content = ReadBucket(properties, bucket);
                bucketContents.Add(bucket, content);
            }

            if (content is null || !content.Contains(Combine(id, guid, index)))
            {
                owner.Context.Report(PstCheckRules.NameMapBucket, owner.Place, PropertyTag.FirstNamedId + i, bucket);
            }
        }

        return new NameMap(count);
    }

    /// <summary>Reports a property whose id is a local number the map does not know.</summary>
    public void CheckNamed(NodeObject owner, PropertyTag tag)
    {
        if (tag.Id >= PropertyTag.FirstNamedId && tag.Id - PropertyTag.FirstNamedId >= _count)
        {
            owner.Context.Report(PstCheckRules.UnnamedProperty, owner.Place, tag.Value);
        }
    }

    private static ReadOnlyMemory<byte> Stream(PropertySet properties, ushort id) => properties.Bytes(id) ?? default;

    private static bool TryReadString(ReadOnlySpan<byte> stream, uint offset, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (offset > stream.Length - sizeof(uint))
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(stream[(int)offset..]);
        if (length % 2 != 0 || length > stream.Length - offset - sizeof(uint))
        {
            return false;
        }

        text = stream.Slice((int)offset + sizeof(uint), (int)length);
        return true;
    }

    private static HashSet<ulong>? ReadBucket(PropertySet properties, int bucket)
    {
        if (properties.Bytes((ushort)(FirstBucketId + bucket)) is not ReadOnlyMemory<byte> bytes)
        {
            return null;
        }

        HashSet<ulong> content = [];
        for (int at = 0; at + EntrySize <= bytes.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = bytes.Span.Slice(at, EntrySize);
            content.Add(Combine(
                BinaryPrimitives.ReadUInt32LittleEndian(entry),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[6..])));
        }

        return content;
    }

    private static ulong Combine(uint id, ushort guid, ushort index) => ((ulong)id << 32) | ((uint)guid << 16) | index;
}
