namespace PstMigration.Mapi;

/// <summary>A personal distribution list ([MS-OXOCNTC] 2.2.2).</summary>
public sealed record DistributionListDetails : ItemDetails
{
    private static readonly PropertyName s_name = new(PropertySets.Address, 0x8053);
    private static readonly PropertyName s_oneOffs = new(PropertySets.Address, 0x8054);
    private static readonly PropertyName s_members = new(PropertySets.Address, 0x8055);
    private static readonly PropertyName s_stream = new(PropertySets.Address, 0x8064);

    internal DistributionListDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        Name = p.TextOrNull(s_name) ?? p.TextOrNull(PropertyTags.DisplayName) ?? Subject;
        Members = p.Blob(s_stream) is byte[] stream && ReadStream(stream) is { Count: > 0 } large
            ? large
            : ReadLists(p.Blobs(s_members), p.Blobs(s_oneOffs));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The members; lists among them are not followed.</summary>
    public IReadOnlyList<DistributionListMember> Members { get; }

    private static List<DistributionListMember> ReadLists(byte[][] members, byte[][] oneOffs)
    {
        List<DistributionListMember> list = new(members.Length);
        for (int i = 0; i < members.Length; i++)
        {
            // The two lists are parallel; where one is longer, nobody knows which belongs to which.
            list.Add(DistributionListMember.Read(members[i], oneOffs.Length == members.Length ? oneOffs[i] : []));
        }

        return list;
    }

    // Lists too large for the two properties ([MS-OXOCNTC] 2.2.2.2.4): version u16, reserved u16, build u32, flags u32, entries u32,
    // bytes of entry ids, one-offs and extras u32 each; then for each: size u32 and entry id, size u32 and one-off, size u32 and extra;
    // then eight zero bytes.
    private static List<DistributionListMember> ReadStream(byte[] stream)
    {
        List<DistributionListMember> list = [];
        BlobReader reader = new(stream);
        reader.Bytes(12);
        uint count = reader.UInt32();
        reader.Bytes(12);
        for (uint i = 0; i < count && reader.Remaining > 0; i++)
        {
            byte[] member = reader.Block();
            byte[] oneOff = reader.Block();
            reader.Block();
            if (reader.IsShort)
            {
                break;
            }

            list.Add(DistributionListMember.Read(member, oneOff));
        }

        return list;
    }
}
