using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Items of all classes go into the sandbox by the import of mailbox items and come out by the export as they went in; every request is read by Microsoft's own library.</summary>
public sealed class ImportExportTests : IDisposable
{
    private const string V1 = "https://graph.microsoft.com/v1.0/";

    /// <summary>Of an item the mailbox decides when it was changed last, and what hangs on it; the number of a row of a table is that of the table.</summary>
    private static readonly ushort[] s_ofMailbox = [0x0E07, 0x0E21, 0x3000, 0x3008];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pstmigration-" + Guid.NewGuid().ToString("N"));

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_real_file_comes_back_with_every_property(string? name)
    {
        string path = TestData.Path(name ?? "pst");
        Directory.CreateDirectory(_folder);
        using SandboxMailbox mailbox = SandboxMailbox.Open(Path.Combine(_folder, "a.mailbox"), new SandboxOptions { Limits = SandboxLimits.Scaled(100) });
        using HttpClient client = Client(mailbox.CreateHandler());
        using PstFile file = PstFile.Open(path);
        PstItemSource source = new(file);
        List<(byte[] Stream, string Id)> imported = [];
        string root = V1 + "admin/exchange/mailboxes/" + mailbox.MailboxId;
        JsonElement all = await SendAsync(client, "GET", root + "/folders?$top=100&$select=type");
        string session = (await SendAsync(client, "POST", root + "/createImportSession", "{}")).GetProperty("importUrl").GetString()!;
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            JsonElement into = all.GetProperty("value").EnumerateArray().First(f => f.GetProperty("type").GetString() == (folder.ContainerClass is "IPF.Contact" or "IPF.Appointment" or "IPF.Task" ? folder.ContainerClass : "IPF.Note"));
            await foreach (SourceItem listed in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                using MemoryStream stream = new();
                FastTransfer.Write(await listed.OpenAsync(CancellationToken.None), stream);
                string body = JsonSerializer.Serialize(new { FolderId = into.GetProperty("id").GetString(), Mode = "create", Data = Convert.ToBase64String(stream.ToArray()) });
                JsonElement answer = await SendAsync(client, "POST", session, body);
                imported.Add((stream.ToArray(), answer.GetProperty("itemId").GetString()!));
            }
        }

        for (int i = 0; i < imported.Count; i += 20)
        {
            string[] ids = [.. imported.Skip(i).Take(20).Select(p => p.Id)];
            JsonElement answers = await SendAsync(client, "POST", root + "/exportItems", JsonSerializer.Serialize(new { ItemIds = ids }));
            int at = i;
            foreach (JsonElement answer in answers.GetProperty("value").EnumerateArray())
            {
                Assert.Equal(imported[at].Id, answer.GetProperty("itemId").GetString());
                Compare(FastTransfer.Read(imported[at].Stream), FastTransfer.Read(answer.GetProperty("data").GetBytesFromBase64()), name + " " + at);
                at++;
            }
        }

        Assert.Equal(0, mailbox.InvitationsSent);
    }

    [Fact]
    public async Task Every_call_is_one_of_the_published_model()
    {
        Directory.CreateDirectory(_folder);
        using SandboxMailbox mailbox = SandboxMailbox.Open(Path.Combine(_folder, "a.mailbox"));
        using HttpClient client = Client(mailbox.CreateHandler());
        string root = V1 + "admin/exchange/mailboxes/" + mailbox.MailboxId;
        string expand = "$expand=singleValueExtendedProperties($filter=id eq 'String 0x0037' or id eq 'Binary 0x300B')";
        JsonElement folder = await SendAsync(client, "POST", root + "/folders", """{"displayName":"Notes","type":"IPF.StickyNote"}""", HttpStatusCode.Created);
        string place = root + "/folders/" + folder.GetProperty("id").GetString();
        foreach (string address in new[]
        {
            V1 + "me/settings/exchange", root, root + "/folders?$filter=type eq 'IPF.Appointment'&$select=displayName,type&$top=5", root + "/folders/delta", root + "/folders/inbox/childFolders",
            place, place + "/items?$select=type,size,changeKey,categories&$top=10&" + expand, place + "/items/delta",
        })
        {
            await SendAsync(client, "GET", address);
        }

        await SendAsync(client, "PATCH", place, """{"displayName":"More notes"}""");
        await SendAsync(client, "POST", root + "/exportItems", """{"ItemIds":["x"]}""");
        await SendAsync(client, "POST", root + "/createImportSession");
        await SendAsync(client, "DELETE", place, null, HttpStatusCode.NoContent);
    }

    private static HttpClient Client(HttpMessageHandler handler)
    {
#if NET
        handler = ODataJudgeHandler.Wrap(GraphModelHandler.Wrap(handler));
#endif
        return new HttpClient(handler);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string method, string address, string? json = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), address) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, method + " " + address + ": " + (int)response.StatusCode + " " + text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static void Compare(MapiItem before, MapiItem after, string at)
    {
        Compare(before.Properties, after.Properties, at);
        Assert.Equal((int)before.Flags & 0x2F, (int)after.Flags);

        // People are kept by the line they stand in.
        MapiRecipient[] people = [.. before.Recipients.OrderBy(r => r.Kind)];
        Assert.Equal(people.Length, after.Recipients.Count);
        Assert.Equal(before.Attachments.Count, after.Attachments.Count);
        for (int i = 0; i < people.Length; i++)
        {
            Compare(people[i].Properties, after.Recipients[i].Properties, at + " recipient");
        }

        for (int i = 0; i < before.Attachments.Count; i++)
        {
            Compare(before.Attachments[i].Properties, after.Attachments[i].Properties, at + " attachment");
            Assert.Equal(before.Attachments[i].HasEmbeddedItem, after.Attachments[i].HasEmbeddedItem);
            if (before.Attachments[i].HasEmbeddedItem)
            {
                Compare(before.Attachments[i].OpenEmbedded(), after.Attachments[i].OpenEmbedded(), at + " inner");
            }
        }
    }

    private static void Compare(PropertyBag before, PropertyBag after, string at)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in before.Where(p => Array.IndexOf(s_ofMailbox, p.Key.Id) < 0))
        {
            Assert.True(after.TryGet(property.Key, out PropertyValue value), at + " has lost " + property.Key);
            Assert.True(Show(property.Value) == Show(value), at + " has another " + property.Key + ": " + Show(property.Value) + ", now " + Show(value));
        }
    }

    private static string Show(PropertyValue value) => value.Type + " " + (value.AsArray() is Array array
        ? string.Join("|", array.Cast<object>().Select(e => e is byte[] bytes ? Convert.ToBase64String(bytes) : e.ToString()))
        : value.AsString() ?? value.AsGuid()?.ToString() ?? (value.AsBinary() is byte[] binary ? Convert.ToBase64String(binary) : value.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
