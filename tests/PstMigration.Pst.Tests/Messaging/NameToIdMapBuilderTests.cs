using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public sealed class NameToIdMapBuilderTests
{
    [Fact]
    public void Ids_count_up_and_come_again()
    {
        NameToIdMapBuilder map = new();

        Assert.Equal(0x8000, map.IdOf(PropertyNames.FlagRequest));
        Assert.Equal(0x8001, map.IdOf(PropertyNames.Keywords));
        Assert.Equal(0x8000, map.IdOf(PropertyNames.FlagRequest));
        Assert.Equal(0x0037, map.IdOf(PropertyTags.Subject));
    }

    [Fact]
    public void Streams_and_buckets()
    {
        NameToIdMapBuilder map = new();
        map.IdOf(PropertyNames.FlagRequest);
        map.IdOf(PropertyNames.Keywords);

        PropertyList list = map.ToProperties();

        Assert.Equal(251, list.GetInt32(new PropertyTag(1, PropertyType.Integer32)));
        Assert.Equal(PropertySets.Common.ToByteArray(), Bytes(list, 2));

        // LID 0x8530 of GUID 3; offset 0 of GUID 2 with a string name.
        Assert.Equal([0x30, 0x85, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 5, 0, 1, 0], Bytes(list, 3));
        Assert.Equal("10-00-00-00-4B-00-65-00-79-00-77-00-6F-00-72-00-64-00-73-00", BitConverter.ToString(Bytes(list, 4)));
        Assert.Equal([0x30, 0x85, 0, 0, 6, 0, 0, 0], Bytes(list, 0x1000 + ((0x8530 ^ 6) % 251)));
        Assert.Equal(6, list.Count);
    }

    [Fact]
    public void More_names_than_ids_are_refused()
    {
        NameToIdMapBuilder map = new();
        for (uint lid = 0; lid < 0x7FFF; lid++)
        {
            Assert.Equal(0x8000 + lid, map.IdOf(new PropertyName(PropertySets.Common, lid)));
        }

        PstException e = Assert.Throws<PstException>(() => map.IdOf(PropertyNames.Keywords));

        Assert.Equal("PstTooManyNames", e.Id);
    }

    private static byte[] Bytes(PropertyList list, int id) =>
        list.TryGet((ushort)id, out PropertyValue value) ? value.AsBinary()! : [];
}
