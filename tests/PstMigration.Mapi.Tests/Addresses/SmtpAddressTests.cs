using Xunit;

namespace PstMigration.Mapi.Tests.Addresses;

public sealed class SmtpAddressTests
{
    [Theory]
    [InlineData("ben@example.com", "ben@example.com", "ben@example.com")]
    [InlineData("aki..x.@docomo.example", "aki..x.@docomo.example", "\"aki..x.\"@docomo.example")]
    [InlineData("\"aki..x.\"@docomo.example", "aki..x.@docomo.example", "\"aki..x.\"@docomo.example")]
    [InlineData("a.@b", "a.@b", "\"a.\"@b")]
    [InlineData(".a@b", ".a@b", "\".a\"@b")]
    [InlineData("a@b@c", "\"a@b\"@c", "\"a@b\"@c")]
    [InlineData("a,b@c", "\"a,b\"@c", "\"a,b\"@c")]
    [InlineData("a:b@c", "\"a:b\"@c", "\"a:b\"@c")]
    [InlineData("a[b]@c", "\"a[b]\"@c", "\"a[b]\"@c")]
    [InlineData("a\\b@c", "\"a\\\\b\"@c", "\"a\\\\b\"@c")]
    [InlineData("a\"b@c", "\"a\\\"b\"@c", "\"a\\\"b\"@c")]
    [InlineData("mailto:a@b", "a@b", "a@b")]
    [InlineData("smtp:a@b", "a@b", "a@b")]
    [InlineData("<a@b>", "a@b", "a@b")]
    [InlineData("山田@例え.jp", "山田@例え.jp", "山田@例え.jp")]
    [InlineData("\"john doe\"@b", "\"john doe\"@b", "\"john doe\"@b")]
    public void An_address_is_stored_as_people_write_it_and_written_by_the_book(string text, string stored, string written)
    {
        SmtpAddress address = Assert.NotNull(SmtpAddress.Parse(text));

        Assert.Equal((stored, written), (address.ToString(), address.AddrSpec));
        Assert.Equal(address, SmtpAddress.Parse(stored));
        Assert.Equal(address, SmtpAddress.Parse(written));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ben")]
    [InlineData("user@")]
    [InlineData("@b")]
    [InlineData("a@b..c")]
    [InlineData("a@.b")]
    [InlineData("john doe@b")]
    [InlineData("a@b;c@d")]
    [InlineData("a@b, c@d")]
    [InlineData("a\u0001@b")]
    [InlineData("CN=Foo/O=Org@Org")]
    [InlineData("/o=Org/cn=ben")]
    public void What_can_be_no_address_is_none(string? text) => Assert.Null(SmtpAddress.Parse(text));

    [Fact]
    public void Half_a_character_makes_no_address() => Assert.Null(SmtpAddress.Parse("a\ud800@b"));
}
