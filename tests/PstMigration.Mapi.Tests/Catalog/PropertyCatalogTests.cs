using System.Reflection;
using Xunit;

namespace PstMigration.Mapi.Tests.Catalog;

public sealed class PropertyCatalogTests
{
    private static readonly PropertyCatalog s_catalog = PropertyCatalog.Default;

    [Theory]
    [InlineData("PidTagSubject", 0x0037001Fu)]
    [InlineData("pr_subject", 0x0037001Fu)]
    [InlineData("PR_SUBJECT_W", 0x0037001Fu)]
    [InlineData("PR_SUBJECT_A", 0x0037001Eu)]
    [InlineData("PidTagHtml", 0x10130102u)]
    [InlineData("PR_ENTRYID", 0x0FFF0102u)]
    [InlineData("PidTagRtfCompressed", 0x10090102u)]
    public void Tags_are_found_by_name(string name, uint tag)
    {
        Assert.True(s_catalog.TryFindTag(name, out PropertyTag found));
        Assert.Equal(new PropertyTag(tag), found);
    }

    [Fact]
    public void Names_are_found_by_tag()
    {
        Assert.Equal("PidTagSubject", s_catalog.NameOf(PropertyTags.Subject));
        Assert.Equal("PidTagSubject", s_catalog.NameOf(new PropertyTag(0x0037001E)));
        Assert.Equal(["PidTagSubject", "PR_SUBJECT"], s_catalog.NamesOf(PropertyTags.Subject));
        Assert.Equal("PidTagSubject", s_catalog.NameOf(PropertyTags.Subject, PropertyType.String8));
        Assert.Equal("PidLidFlagRequest", s_catalog.NameOf(PropertyNames.FlagRequest, PropertyType.String));
        Assert.Equal("PidNameKeywords", s_catalog.NameOf(PropertyNames.Keywords, PropertyType.MultipleString));
        Assert.Null(s_catalog.NameOf(new PropertyTag(0x6FFF0003)));
        Assert.Null(s_catalog.NameOf(PropertyNames.Marker, PropertyType.Binary));
    }

    /// <summary>[MS-OXPROPS] gives one id to several properties, told apart by type; a type nobody named has no name.</summary>
    [Theory]
    [InlineData(0x66190102u, "PidTagUserEntryId")]
    [InlineData(0x6619001Fu, null)]
    [InlineData(0x66100102u, "PidTagContactAddressBookFolderEntryId")]
    [InlineData(0x66100003u, null)]
    [InlineData(0x68020102u, "PidTagRwRulesStream")]
    [InlineData(0x6802001Fu, "PidTagSenderTelephoneNumber")]
    [InlineData(0x6802001Eu, "PidTagSenderTelephoneNumber")]
    [InlineData(0x68020003u, null)]
    [InlineData(0x6805000Bu, null)]
    [InlineData(0x6805001Fu, "PidTagVoiceMessageAttachmentOrder")]
    [InlineData(0x68551003u, "PidTagScheduleInfoMonthsAway")]
    [InlineData(0x6855000Bu, "PR_AGING_DELETE_ITEMS")]
    [InlineData(0x68550003u, null)]
    [InlineData(0x37010102u, "PidTagAttachDataBinary")]
    [InlineData(0x3701000Du, "PidTagAttachDataObject")]
    [InlineData(0x0037101Fu, null)]
    public void A_name_goes_with_its_type(uint tag, string? name)
    {
        PropertyTag stored = new(tag);

        Assert.Equal(name, s_catalog.NameOf(stored));
        Assert.Equal(name, s_catalog.NameOf(stored.ToPropertyKey(), stored.Type));
    }

    /// <summary>A named property is itself whatever its type: PidLidLocation as a number is not another one.</summary>
    [Fact]
    public void The_name_of_a_named_property_goes_with_any_type() =>
        Assert.Equal("PidLidLocation", s_catalog.NameOf(new PropertyKey(new PropertyName(PropertySets.Appointment, 0x8208)), PropertyType.Integer32));

    [Fact]
    public void Named_properties_are_found_with_their_type()
    {
        Assert.True(s_catalog.TryFindNamed("PidLidLocation", out PropertyName location, out PropertyType type));
        Assert.Equal(new PropertyName(PropertySets.Appointment, 0x8208), location);
        Assert.Equal(PropertyType.String, type);
        Assert.False(s_catalog.TryFindNamed("PidLidNothing", out _, out _));
    }

    [Theory]
    [InlineData("PidTagSubject", "0x0037", 0x001F)]
    [InlineData("0x0037001F", "0x0037", 0x001F)]
    [InlineData("0x0037", "0x0037", 0)]
    [InlineData("0x66190102", "0x6619", 0x0102)]
    [InlineData("PidTagUserEntryId", "0x6619", 0x0102)]
    [InlineData("PR_SUBJECT_A", "0x0037", 0x001E)]
    [InlineData("PidLidFlagRequest", "{00062008-0000-0000-c000-000000000046} Id 0x8530", 0)]
    [InlineData("Subject", "0x0037", 0x001F)]
    [InlineData("PR_SUBJECT_W", "0x0037", 0x001F)]
    [InlineData("internetmessageid", "0x1035", 0x001F)]
    [InlineData("TaskDueDate", "{00062003-0000-0000-c000-000000000046} Id 0x8105", 0)]
    [InlineData("Location", "{00062002-0000-0000-c000-000000000046} Id 0x8208", 0)]
    [InlineData("PidTagLocation", "0x3A0D", 0x001F)]
    [InlineData("Keywords", "{00020329-0000-0000-c000-000000000046} Name Keywords", 0)]
    [InlineData("Categories", "{00020329-0000-0000-c000-000000000046} Name Keywords", 0)]
    [InlineData("To", "0x0E04", 0x001F)]
    [InlineData("psetid_common/0x8530", "{00062008-0000-0000-c000-000000000046} Id 0x8530", 0)]
    [InlineData("{00020329-0000-0000-C000-000000000046}/Keywords", "{00020329-0000-0000-c000-000000000046} Name Keywords", 0)]
    public void What_people_write_is_read(string text, string key, int type)
    {
        Assert.True(s_catalog.TryParse(text, out PropertyKey found, out PropertyType foundType));
        Assert.Equal(key, found.ToString());
        Assert.Equal((PropertyType)type, foundType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x8001001F")]
    [InlineData("0x37")]
    [InlineData("nobody/0x1")]
    [InlineData("PS_MAPI/")]
    [InlineData("NoSuchProperty")]
    [InlineData("PidTag")]
    public void What_is_no_property_is_refused(string text) => Assert.False(s_catalog.TryParse(text, out _, out _));

    /// <summary>The tags written in code and the catalog check each other.</summary>
    [Fact]
    public void The_tags_in_code_are_in_the_catalog()
    {
        string[] unknown = typeof(PropertyTags).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => s_catalog.NameOf((PropertyTag)f.GetValue(null)!) is null)
            .Select(f => f.Name).ToArray();

        Assert.Empty(unknown);
        Assert.InRange(s_catalog.Count, 1500, 3000);
    }
}
