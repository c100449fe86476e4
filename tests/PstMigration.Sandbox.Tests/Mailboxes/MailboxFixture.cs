using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Sandbox.Tests.Mailboxes;

/// <summary>A sandbox whose items are imported and exported.</summary>
internal sealed class MailboxFixture(SandboxBehaviour? behaviour = null, SandboxOptions? options = null) : IDisposable
{
    public Fixture Sandbox { get; } = new(behaviour, options);

    /// <summary>The address of the mailbox below the version.</summary>
    public string Root => Of(Sandbox.Mailbox);

    public static string Of(SandboxMailbox mailbox) => "admin/exchange/mailboxes/" + mailbox.MailboxId;

    public async Task<string> FolderAsync(string wellKnown = "inbox") => Fixture.Id(await Sandbox.GetAsync(Root + "/folders/" + wellKnown));

    /// <summary>The folder of a class, whatever it is called.</summary>
    public async Task<string> FolderOfClassAsync(string @class) =>
        Fixture.Id((await Sandbox.GetAsync(Root + "/folders?$filter=type eq '" + @class + "'")).GetProperty("value")[0]);

    public async Task<Uri> SessionAsync() => new((await Sandbox.JsonAsync(HttpStatusCode.OK, "POST", Root + "/createImportSession")).GetProperty("importUrl").GetString()!);

    /// <summary>Posts to a session.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(Uri session, object body)
    {
        using HttpResponseMessage response = await Sandbox.SendAsync("POST", session.OriginalString, new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Imports an item, and gives its id and change key.</summary>
    public async Task<(string Id, string ChangeKey)> ImportAsync(MapiItem item, string folder, Uri? session = null)
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(session ?? await SessionAsync(), new { FolderId = folder, Mode = "create", Data = Data(item) });
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return (answer.GetProperty("itemId").GetString()!, answer.GetProperty("changeKey").GetString()!);
    }

    /// <summary>Exports items, and gives the answers.</summary>
    public async Task<JsonElement[]> ExportAsync(params string[] ids) =>
        [.. (await Sandbox.JsonAsync(HttpStatusCode.OK, "POST", Root + "/exportItems", JsonSerializer.Serialize(new { ItemIds = ids }))).GetProperty("value").EnumerateArray()];

    public async Task<MapiItem> ExportOneAsync(string id) => FastTransfer.Read((await ExportAsync(id))[0].GetProperty("data").GetBytesFromBase64());

    public static string Data(MapiItem item)
    {
        using MemoryStream stream = new();
        FastTransfer.Write(item, stream);
        return Convert.ToBase64String(stream.ToArray());
    }

    public static MapiItem Message(string subject = "Hello", string @class = "IPM.Note")
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.MessageClass, @class);
        properties.Set(PropertyTags.Subject, subject);
        properties.Set(PropertyTags.Body, "text");
        properties.Set(PropertyTags.MessageFlags, 0);
        properties.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(2009, 3, 1, 10, 20, 30, TimeSpan.Zero));
        properties.Set(PropertyTags.MessageDeliveryTime, new DateTimeOffset(2009, 3, 1, 10, 20, 45, TimeSpan.Zero));
        PropertyBag person = new();
        person.Set(PropertyTags.RecipientType, 1);
        person.Set(PropertyTags.DisplayName, "宛先");
        person.Set(PropertyTags.AddressType, "SMTP");
        person.Set(PropertyTags.EmailAddress, "to@example.com");
        person.Set(PropertyTags.SmtpAddress, "to@example.com");
        return new MapiItem(properties, [new MapiRecipient(person)]);
    }

    public void Dispose() => Sandbox.Dispose();
}
