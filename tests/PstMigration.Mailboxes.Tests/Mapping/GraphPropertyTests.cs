using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Mapping;

public sealed class GraphPropertyTests
{
    [Theory]
    [InlineData("Integer 0x0E07", "integer 0xe07")]
    [InlineData("String {00020329-0000-0000-C000-000000000046} Name PstMigrationMarker", "String {00020329-0000-0000-c000-000000000046} Name PstMigrationMarker")]
    [InlineData("String {00062008-0000-0000-C000-000000000046} Id 0x8530", "String {00062008-0000-0000-c000-000000000046} Id 0x8530")]
    [InlineData("StringArray {00020329-0000-0000-C000-000000000046} Name a b  c", "StringArray {00020329-0000-0000-c000-000000000046} Name a b  c")]
    public void An_id_reads_back_in_any_spelling(string written, string answered)
    {
        Assert.True(GraphPropertyId.TryRead(answered, out PropertyKey key, out PropertyType type));
        Assert.Equal(written, GraphPropertyId.Write(key, type));
        Assert.True(GraphPropertyId.Same(written, answered));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Integer")]
    [InlineData("Integer 0x8001")]
    [InlineData("Integer 0xzz")]
    [InlineData("Nonsense 0x0E07")]
    [InlineData("String {not a guid} Name x")]
    [InlineData("String {00020329-0000-0000-C000-000000000046} Id x")]
    public void What_is_no_id_is_refused(string? text) => Assert.False(GraphPropertyId.TryRead(text, out _, out _));

    [Fact]
    public void A_name_differs_by_case() => Assert.False(GraphPropertyId.Same(
        "String {00020329-0000-0000-C000-000000000046} Name A", "String {00020329-0000-0000-C000-000000000046} Name a"));

    [Fact]
    public void A_quote_in_a_filter_is_doubled() => Assert.Equal(
        "singleValueExtendedProperties($filter=id eq 'String {00020329-0000-0000-C000-000000000046} Name It''s' or id eq 'Integer 0x0E07')",
        GraphPropertyId.Expand("singleValueExtendedProperties", "String {00020329-0000-0000-C000-000000000046} Name It's", "Integer 0x0E07"));

    public static TheoryData<PropertyType, long, string> Fixed => new()
    {
        { PropertyType.Integer32, -5, "-5" },
        { PropertyType.Integer16, 7, "7" },
        { PropertyType.Integer64, 1L << 40, "1099511627776" },
        { PropertyType.Boolean, 1, "true" },
        { PropertyType.Floating64, BitConverter.DoubleToInt64Bits(0.1), "0.1" },
        { PropertyType.Time, new DateTimeOffset(2009, 3, 1, 10, 20, 30, TimeSpan.Zero).ToFileTime(), "2009-03-01T10:20:30Z" },
        { PropertyType.Time, new DateTimeOffset(2009, 3, 1, 10, 20, 30, TimeSpan.Zero).ToFileTime() + 1_234_567, "2009-03-01T10:20:30.1234567Z" },
    };

    [Theory]
    [MemberData(nameof(Fixed))]
    public void Values_read_back(PropertyType type, long bits, string text)
    {
        Assert.Equal(text, GraphPropertyText.TryWrite(PropertyValue.FromBits(type, bits)));
        Assert.Equal(bits, GraphPropertyText.TryRead(type, text)!.Value.Bits);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_json_has_no_word_for_is_a_loss(double number)
    {
        MapiItem item = Items.Mail();
        PropertyKey one = new PropertyName(PropertySets.PublicStrings, "One");
        PropertyKey many = new PropertyName(PropertySets.PublicStrings, "Many");
        PropertyKey small = new PropertyName(PropertySets.PublicStrings, "Small");
        long bits = BitConverter.DoubleToInt64Bits(number);
        item.Properties[one] = PropertyValue.FromBits(PropertyType.Floating64, bits);
        item.Properties[many] = PropertyValue.FromMultiple(PropertyType.MultipleFloating64, new long[] { 0, bits });
        item.Properties[small] = PropertyValue.FromBits(PropertyType.Floating32, BitConverter.ToInt32(BitConverter.GetBytes((float)number), 0));

        MessagePlan plan = MessagePlan.Create(item, Items.Provenance(), MessageDetail.Full, _ => 1);

        Assert.Equal(
            new[] { many, one, small }.Select(k => new ItemLoss(LossKind.NamedProperties, k.ToString())).OrderBy(l => l.Detail, StringComparer.Ordinal),
            plan.Losses.OrderBy(l => l.Detail, StringComparer.Ordinal));
        Assert.DoesNotContain(plan.Message.SingleValueExtendedProperties!, p => p.Id!.Contains("Name One", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PropertyType.Integer32, "99999999999")]
    [InlineData(PropertyType.Time, "yesterday")]
    [InlineData(PropertyType.Time, "0001-01-01T00:00:00Z")]
    [InlineData(PropertyType.Binary, "not base64!")]
    [InlineData(PropertyType.Guid, "x")]
    public void A_value_of_another_type_is_no_value(PropertyType type, string text) => Assert.Null(GraphPropertyText.TryRead(type, text));

    [Fact]
    public void Lists_read_back()
    {
        PropertyValue numbers = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, new long[] { 1, -2 });
        PropertyValue bytes = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new byte[][] { [1, 2], [] });

        Assert.Equal(["1", "-2"], GraphPropertyText.TryWriteMultiple(numbers)!);
        Assert.Equal(new long[] { 1, -2 }, GraphPropertyText.TryReadMultiple(PropertyType.MultipleInteger32, ["1", "-2"])!.Value.AsArray());
        Assert.Equal(["AQI=", ""], GraphPropertyText.TryWriteMultiple(bytes)!);
        Assert.Null(GraphPropertyText.TryReadMultiple(PropertyType.MultipleInteger32, ["1", "x"]));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u0001b\tc\r\n", "ab\tc\r\n")]
    [InlineData("\uD83D\uDE00", "\uD83D\uDE00")]
    public void Text_loses_what_the_service_refuses(string text, string clean) => Assert.Equal(clean, GraphText.Clean(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        // Not in an attribute: its strings are stored as UTF-8.
        Assert.Equal("x\uFFFD", GraphText.Clean("x\uD83D"));
        Assert.Equal("\uFFFDy", GraphText.Clean("\uDE00y"));
        Assert.Equal("\uFFFD\uD83D\uDE00", GraphText.Clean("\uD83D\uD83D\uDE00"));
    }

    [Theory]
    [InlineData("anna@contoso.example", true)]
    [InlineData("o'brien+x@sub.contoso.example", true)]
    [InlineData("a@b@c", false)]
    [InlineData("a b@c.example", false)]
    [InlineData("@c.example", false)]
    [InlineData("a@", false)]
    [InlineData("a@b..example", false)]
    [InlineData("a@b.example>", true)]
    [InlineData("/o=Contoso/cn=x", false)]
    [InlineData("/G=Anna/S=Foo/O=X/C=JP/@gateway.example", false)]
    [InlineData(null, false)]
    public void Usable_addresses(string? address, bool usable) => Assert.Equal(usable, GraphAddress.Usable(address) is not null);
}
