using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class ContactTests
{
    private const string Anna = """
        {"givenName":"アンナ","surname":"山田","middleName":"M","nickName":"An","initials":"AY","generation":"Jr","title":"Dr","fileAs":"山田, アンナ",
         "yomiGivenName":"あんな","yomiSurname":"やまだ","yomiCompanyName":"れい","companyName":"例","department":"D","jobTitle":"J","officeLocation":"O",
         "profession":"P","businessHomePage":"https://example.com","assistantName":"As","manager":"Ma","mobilePhone":"3","businessPhones":["1","2"],
         "homePhones":["4","5"],"imAddresses":["im@example.com"],"spouseName":"S","personalNotes":"line 1\r\nline 2","children":["a","b"],"categories":["C"],
         "birthday":"1980-05-06T00:00:00Z",
         "emailAddresses":[{"name":"A","address":"a@example.com"},{"address":"b@example.com"}],
         "homeAddress":{"street":"1","city":"Tokyo","state":"T","countryOrRegion":"Japan","postalCode":"100"},
         "businessAddress":{"city":"Osaka"},"otherAddress":{"postalCode":"7"}}
        """;

    [Fact]
    public async Task Every_property_comes_back()
    {
        using Fixture f = new();
        JsonElement read = await f.GetAsync("me/contacts/" + Id(await f.PostAsync("me/contacts", Anna)));

        foreach (JsonProperty property in JsonDocument.Parse(Anna).RootElement.EnumerateObject().Where(p => p.Name != "emailAddresses"))
        {
            Assert.Equal(Plain(property.Value), Plain(read.GetProperty(property.Name)));
        }

        Assert.Equal("アンナ 山田", read.GetProperty("displayName").GetString());
        Assert.Equal(["a@example.com", "b@example.com"], read.GetProperty("emailAddresses").EnumerateArray().Select(e => e.GetProperty("address").GetString()));
        Assert.Equal("b@example.com", read.GetProperty("secondaryEmailAddress").GetProperty("address").GetString());
        Assert.Equal(Id(await f.GetAsync("me/contactFolders/contacts")), read.GetProperty("parentFolderId").GetString());

        static string Plain(JsonElement value) => JsonSerializer.Serialize(value);
    }

    [Fact]
    public async Task Json_and_extended_properties_are_one()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/contacts", """
            {"displayName":"A","businessPhones":["1"],"singleValueExtendedProperties":[{"id":"String 0x3A24","value":"fax"},{"id":"String 0x3A1C","value":"mobile"}]}
            """));

        JsonElement read = await f.GetAsync($"me/contacts/{id}?$expand=singleValueExtendedProperties($filter=id eq 'String 0x3A24' or id eq 'String 0x3A08' or id eq 'String 0x001A')");

        Assert.Equal("mobile", read.GetProperty("mobilePhone").GetString());
        Assert.Equal(["fax", "1", "IPM.Contact"], read.GetProperty("singleValueExtendedProperties").EnumerateArray().Select(p => p.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Folders_nest_below_contacts()
    {
        using Fixture f = new();
        JsonElement folder = await f.PostAsync("me/contactFolders", """{"displayName":"Friends"}""");
        JsonElement inner = await f.PostAsync($"me/contactFolders/{Id(folder)}/childFolders", """{"displayName":"Close"}""");
        await f.PostAsync($"me/contactFolders/{Id(inner)}/contacts", """{"displayName":"A"}""");

        Assert.Equal(Id(folder), Id((await f.GetAsync("me/contactFolders")).GetProperty("value").EnumerateArray().Single()));
        Assert.Equal(Id(await f.GetAsync("me/contactFolders/contacts")), folder.GetProperty("parentFolderId").GetString());
        Assert.Equal("ErrorFolderExists", await f.ErrorAsync(HttpStatusCode.Conflict, "POST", "me/contactFolders", """{"displayName":"friends"}"""));
        Assert.Empty((await f.GetAsync("me/contacts")).GetProperty("value").EnumerateArray());
        Assert.Single((await f.GetAsync($"me/contactFolders/{Id(inner)}/contacts")).GetProperty("value").EnumerateArray());
        Assert.Equal("New", (await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/contactFolders/" + Id(inner), """{"displayName":"New"}""")).GetProperty("displayName").GetString());
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/contactFolders/" + Id(folder));
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/contactFolders/" + Id(inner));
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/contactFolders/inbox");
    }

    [Fact]
    public async Task Changing_finding_and_deleting()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/contacts", Anna));
        f.Time.Advance(f.Options.VisibilityDelay);

        JsonElement changed = await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/contacts/" + id, """{"businessPhones":[],"homeAddress":null,"emailAddresses":[{"address":"z@example.com"}]}""");

        Assert.Empty(changed.GetProperty("businessPhones").EnumerateArray());
        Assert.Equal("{}", changed.GetProperty("homeAddress").GetRawText());
        Assert.Equal("z@example.com", Assert.Single(changed.GetProperty("emailAddresses").EnumerateArray()).GetProperty("address").GetString());
        Assert.Single((await f.GetAsync("me/contacts?$filter=emailAddresses/any(a:a/address eq 'z@example.com')")).GetProperty("value").EnumerateArray());
        Assert.Empty((await f.GetAsync("me/contacts?$filter=surname eq 'Nobody'")).GetProperty("value").EnumerateArray());
        Assert.Equal("1", await (await f.SendAsync("GET", "me/contacts/$count")).Content.ReadAsStringAsync());
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/contacts/" + id);
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/contacts/" + id);
    }

    [Fact]
    public async Task A_photo_is_put_and_got()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/contacts", """{"displayName":"A"}"""));
        string path = $"me/contacts/{id}/photo/$value";
        Assert.Equal("ErrorItemNotFound", await f.ErrorAsync(HttpStatusCode.NotFound, "GET", path));

        foreach (byte[] photo in new byte[][] { [1, 2, 3], AttachmentTests.Bytes(700_000) })
        {
            using ByteArrayContent content = new(photo);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            Assert.Equal(HttpStatusCode.OK, (await f.SendAsync("PUT", path, content)).StatusCode);
            using HttpResponseMessage got = await f.SendAsync("GET", path);
            Assert.Equal("image/jpeg", got.Content.Headers.ContentType!.MediaType);
            Assert.Equal(photo, await got.Content.ReadAsByteArrayAsync());
        }

        await f.JsonAsync(HttpStatusCode.NoContent, "POST", $"me/contacts/{id}/permanentDelete");
    }

    [Theory]
    [InlineData("""{"emailAddresses":[{"address":"a@b"},{"address":"a@b"},{"address":"a@b"},{"address":"a@b"}]}""", "ErrorInvalidProperty")]
    [InlineData("""{"businessPhones":["1","2","3"]}""", "ErrorInvalidProperty")]
    public async Task More_than_the_store_holds_is_refused(string json, string code)
    {
        using Fixture f = new();

        Assert.Equal(code, await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/contacts", json));
    }
}
