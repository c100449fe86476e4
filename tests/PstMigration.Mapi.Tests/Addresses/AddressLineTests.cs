using System.Diagnostics;
using Xunit;

namespace PstMigration.Mapi.Tests.Addresses;

/// <summary>Lines of addresses as people and programs write them; each party as <c>name{type:address}</c>.</summary>
public sealed class AddressLineTests
{
    [Theory]
    [InlineData("ben@example.com", "{SMTP:ben@example.com}")]
    [InlineData("Ben Foo <ben@example.com>", "Ben Foo{SMTP:ben@example.com}")]
    [InlineData("\"Foo, Ben\" <ben@example.com>, a@b.c", "Foo, Ben{SMTP:ben@example.com}|{SMTP:a@b.c}")]
    [InlineData("ben@example.com (Ben (the) Foo)", "Ben (the) Foo{SMTP:ben@example.com}")]
    [InlineData("\"a \\\"quoted\\\" name\" <a@b.c>", "a \"quoted\" name{SMTP:a@b.c}")]
    [InlineData("Team: a@b.c, \"X\" <x@b.c>; d@b.c", "{SMTP:a@b.c}|X{SMTP:x@b.c}|{SMTP:d@b.c}")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("<@relay.example:ben@example.com>", "{SMTP:ben@example.com}")]
    [InlineData("\"john doe\"@example.com", "{SMTP:\"john doe\"@example.com}")]
    [InlineData("<mailto:ben@example.com?subject=x&body=y>", "{SMTP:ben@example.com}")]
    [InlineData("\u9234\u6728 <a@b.c>\uFF1B\u7530\u4E2D <d@b.c>", "\u9234\u6728{SMTP:a@b.c}|\u7530\u4E2D{SMTP:d@b.c}")]
    [InlineData("ben@[192.0.2.1]", "{SMTP:ben@[192.0.2.1]}")]
    public void The_standard_is_read(string line, string expected) => AssertRead(line, expected);

    /// <summary>Phones of DoCoMo and au: dots anywhere in the local part.</summary>
    [Theory]
    [InlineData("aki..test.@docomo.example", "{SMTP:aki..test.@docomo.example}")]
    [InlineData("\"a.b.\" <aki.@docomo.example>", "a.b.{SMTP:aki.@docomo.example}")]
    [InlineData(".abc@ezweb.example, d..e@docomo.example", "{SMTP:.abc@ezweb.example}|{SMTP:d..e@docomo.example}")]
    [InlineData("b.@docomo.example, ben@example.com", "{SMTP:b.@docomo.example}|{SMTP:ben@example.com}")]
    [InlineData("<\"aki..x.\"@docomo.example>", "{SMTP:aki..x.@docomo.example}")]
    public void Dots_in_a_local_part_are_kept(string line, string expected) => AssertRead(line, expected);

    [Theory]
    [InlineData("a@example.com; b@example.com; \"C\" <c@example.com>", "{SMTP:a@example.com}|{SMTP:b@example.com}|C{SMTP:c@example.com}")]
    [InlineData("a@b.c;", "{SMTP:a@b.c}")]
    [InlineData("a@b.c,, ;d@b.c", "{SMTP:a@b.c}|{SMTP:d@b.c}")]
    [InlineData("Foo, Ben <ben@b.c>; Bar, Carl <carl@b.c>", "Foo, Ben{SMTP:ben@b.c}|Bar, Carl{SMTP:carl@b.c}")]
    [InlineData("Foo, Ben, Dr. <ben@b.c>", "Foo, Ben, Dr.{SMTP:ben@b.c}")]
    [InlineData("Sales, \"Ben\" <ben@b.c>", "Sales{:}|Ben{SMTP:ben@b.c}")]
    [InlineData("a@b.c d@b.c", "{SMTP:a@b.c}|{SMTP:d@b.c}")]
    [InlineData("Ben <a@b.c> Carl <d@b.c>", "Ben{SMTP:a@b.c}|Carl{SMTP:d@b.c}")]
    [InlineData("<a@b.c><d@b.c>", "{SMTP:a@b.c}|{SMTP:d@b.c}")]
    [InlineData("<a@b.c, d@b.c>", "{SMTP:a@b.c}|{SMTP:d@b.c}")]
    public void Lists_are_told_from_names(string line, string expected) => AssertRead(line, expected);

    [Theory]
    [InlineData("Ben<ben@b.c>", "Ben{SMTP:ben@b.c}")]
    [InlineData("Ben [ben@b.c]; d@b.c", "Ben{SMTP:ben@b.c}|{SMTP:d@b.c}")]
    [InlineData("Ben (ben@b.c)", "Ben{SMTP:ben@b.c}")]
    [InlineData("ben@b.c Ben", "Ben{SMTP:ben@b.c}")]
    [InlineData("\"Ben Foo\" ben@b.c", "Ben Foo{SMTP:ben@b.c}")]
    [InlineData("<<ben@b.c>>", "{SMTP:ben@b.c}")]
    [InlineData("\"ben@b.c\"", "{SMTP:ben@b.c}")]
    [InlineData("'ben@b.c'", "{SMTP:ben@b.c}")]
    [InlineData("'Ben' <'ben@b.c'>", "'Ben'{SMTP:ben@b.c}")]
    [InlineData("<mailto:ben@b.c>", "{SMTP:ben@b.c}")]
    [InlineData("mailto:ben@b.c, a@b.c", "{SMTP:ben@b.c}|{SMTP:a@b.c}")]
    [InlineData("Ben [mailto:ben@b.c]", "Ben{SMTP:ben@b.c}")]
    [InlineData("SMTP:ben@b.c", "{SMTP:ben@b.c}")]
    [InlineData("Ben <ben@b.c", "Ben{SMTP:ben@b.c}")]
    [InlineData("Ben <ben@b.c, Carl <carl@b.c>", "Ben{SMTP:ben@b.c}|Carl{SMTP:carl@b.c}")]
    [InlineData("Ben \"the <ben@b.c>", "Ben \"the{SMTP:ben@b.c}")]
    [InlineData("Ben (x <ben@b.c>", "Ben (x{SMTP:ben@b.c}")]
    [InlineData("<ben@b.c> Ben", "Ben{SMTP:ben@b.c}")]
    [InlineData("ben@b.c.", "{SMTP:ben@b.c}")]
    [InlineData("ben@b.c <Ben>", "Ben{SMTP:ben@b.c}")]
    public void Other_shapes_are_read(string line, string expected) => AssertRead(line, expected);

    [Theory]
    [InlineData("Accounting Dept", "Accounting Dept{:}")]
    [InlineData("Accounting Dept <>", "Accounting Dept{:}")]
    [InlineData("a@b.c, nobody, d@b.c", "{SMTP:a@b.c}|nobody{:}|{SMTP:d@b.c}")]
    [InlineData("Ben <a@b..c>", "Ben{:a@b..c}")]
    [InlineData("user@, a@b.c", "{:user@}|{SMTP:a@b.c}")]
    [InlineData("Ben <ben>", "Ben{:ben}")]
    public void What_can_be_no_address_is_kept_and_costs_nobody_else(string line, string expected) => AssertRead(line, expected);

    [Theory]
    [InlineData("/O=ORG/OU=SITE/CN=RECIPIENTS/CN=BEN", "{EX:/O=ORG/OU=SITE/CN=RECIPIENTS/CN=BEN}")]
    [InlineData("EX:/o=Org/cn=Recipients/cn=ben", "{EX:/o=Org/cn=Recipients/cn=ben}")]
    [InlineData("Ben <EX:/o=Org/cn=ben>, a@b.c", "Ben{EX:/o=Org/cn=ben}|{SMTP:a@b.c}")]
    [InlineData("Ben </o=Org/cn=ben>", "Ben{EX:/o=Org/cn=ben}")]
    [InlineData("CN=Foo Bar/O=Org@Org", "{NOTES:CN=Foo Bar/O=Org@Org}")]
    [InlineData("CN=Foo/OU=Sales/O=Org@Org, a@b.c", "{NOTES:CN=Foo/OU=Sales/O=Org@Org}|{SMTP:a@b.c}")]
    [InlineData("Foo Bar/Sales/Org@Org", "{NOTES:Foo Bar/Sales/Org@Org}")]
    [InlineData("X400:c=us;a= ;p=Org;o=Site;s=Foo;g=Ben;", "{X400:c=us;a= ;p=Org;o=Site;s=Foo;g=Ben;}")]
    [InlineData("/G=Ben/S=Foo/P=Org/A=Mail/C=US/", "{X400:/G=Ben/S=Foo/P=Org/A=Mail/C=US/}")]
    [InlineData("/G=Ben/S=Foo/C=US/@gate.example.com", "{SMTP:/G=Ben/S=Foo/C=US/@gate.example.com}")]
    [InlineData("user/dept@example.com", "{SMTP:user/dept@example.com}")]
    public void Other_kinds_of_addresses_are_told(string line, string expected) => AssertRead(line, expected);

    [Fact]
    public void Names_and_whole_parties_are_decoded()
    {
        Func<string, string> decode = t => t.Replace("=?x?q?", "").Replace("?=", "").Replace('_', ' ');

        Assert.Equal("Ben Foo{SMTP:a@b.c}", Show("=?x?q?Ben_Foo?= <a@b.c>", decode));
        Assert.Equal("Ben Foo{SMTP:a@b.c}", Show("\"=?x?q?Ben_Foo?=\" <a@b.c>", decode));
        Assert.Equal("Ben Foo{SMTP:a@b.c}", Show("=?x?q?Ben_Foo_<a@b.c>?=", decode));
        Assert.Equal("Foo, Ben{SMTP:a@b.c}", Show("=?x?q?Foo,_Ben?= <a@b.c>", decode));
        Assert.Equal("{SMTP:a@b.c}", Show("<=?x?q?a@b.c?=>", decode));
    }

    [Fact]
    public void Half_a_character_makes_no_address() => Assert.Equal("{:\ud800@b.c}|{SMTP:d@b.c}", Show("\ud800@b.c, d@b.c", null));

    [Theory]
    [InlineData('"')]
    [InlineData('(')]
    [InlineData('<')]
    [InlineData(',')]
    [InlineData('@')]
    [InlineData('/')]
    [InlineData('=')]
    public void No_line_takes_long(char letter)
    {
        Stopwatch watch = Stopwatch.StartNew();

        AddressLine.Read(new string(letter, 100_000));
        AddressLine.Read(string.Concat(Enumerable.Repeat("a/" + letter + "o=", 20_000)) + "@");
        AddressLine.Read(string.Concat(Enumerable.Repeat("a@b " + letter, 20_000)));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    private static void AssertRead(string line, string expected) => Assert.Equal(expected, Show(line, null));

    private static string Show(string line, Func<string, string>? decode) =>
        string.Join("|", AddressLine.Read(line, decode).Select(p => p.Name + "{" + p.AddressType + ":" + p.Address + "}"));
}
