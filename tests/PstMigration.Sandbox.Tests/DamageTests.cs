using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Storage;
using PstMigration.Tests;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

/// <summary>Files that are damaged: an error that says so, or an answer of the service; never an error of SQLite or of the program, never a hang.</summary>
public sealed class DamageTests
{
    // PSTMIGRATION_SCALE=full: minutes instead of a moment.
    private static readonly int s_scale = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 50 : 1;

    [Fact]
    public async Task Random_damage_is_told_as_damage()
    {
        using Fixture f = new();
        await FillAsync(f);
        f.Mailbox.Dispose();
        byte[] sound = File.ReadAllBytes(f.FilePath);
        string path = f.FilePath + ".damaged";
        Random random = new(20261130);
        Dictionary<string, int> told = [];
        for (int round = 0; round < TestScale.Of(60 * s_scale); round++)
        {
            byte[] damaged = (byte[])sound.Clone();
            for (int i = random.Next(1, 60); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(path, damaged);
            string outcome = await ReadAndWriteAsync(path, f.Options);
            told[outcome] = (told.TryGetValue(outcome, out int count) ? count : 0) + 1;
        }

        Assert.True(told.Keys.All(k => k is "sound" or "FileDamaged" or "NotASandbox" or "500" or "FileAccessFailed"), string.Join(", ", told.Keys));
        Assert.True(told.ContainsKey("FileDamaged"), string.Join(", ", told.Keys));
    }

    [Theory]
    [InlineData("UPDATE meta SET value = 'no guid' WHERE key = 'mailbox'")]
    [InlineData("DELETE FROM meta WHERE key = 'epoch'")]
    [InlineData("UPDATE meta SET value = x'00' WHERE key = 'address'")]
    public void A_mailbox_that_lost_its_identity_does_not_open(string damage)
    {
        using Fixture f = new();
        Damage(f, damage);

        Assert.Equal("FileDamaged", Assert.Throws<StorageException>(f.Reopen).Id);
    }

    [Theory]
    [InlineData("UPDATE folder SET parent = number WHERE well_known = 'inbox'", "me/mailFolders/delta")]
    [InlineData("UPDATE item SET received = 'x'", "me/messages")]
    [InlineData("UPDATE item SET created = -1", "me/messages")]
    [InlineData("UPDATE item SET flags = 99999999999", "me/messages")]
    [InlineData("UPDATE property SET value = 5 WHERE tag = '0x37'", "me/messages")]
    [InlineData("UPDATE property SET value = NULL WHERE tag = '0x37'", "me/messages")]
    [InlineData("UPDATE property SET type = 77 WHERE tag = '0x37'", "me/messages")]
    [InlineData("UPDATE folder SET name = x'FF' WHERE well_known = 'drafts'", "me/mailFolders")]
    public async Task Values_that_contradict_each_other_are_told(string damage, string request)
    {
        using Fixture f = new();
        await f.ImportAsync("a subject");
        Damage(f, damage);
        f.Reopen();

        Assert.Equal("FileDamaged", (await Assert.ThrowsAsync<StorageException>(() => f.SendAsync("GET", request))).Id);
    }

    [Theory]
    [InlineData("DELETE FROM chunk WHERE start > 0")]
    [InlineData("UPDATE chunk SET data = x''")]
    [InlineData("UPDATE chunk SET data = data || data")]
    public async Task An_attachment_that_is_not_whole_is_told(string damage)
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = AttachmentTests.Bytes(600_000);
        JsonElement made = await f.PostAsync($"me/messages/{id}/attachments", AttachmentText(bytes));
        Damage(f, damage);
        f.Reopen();

        Exception? error = await Record.ExceptionAsync(async () => (await f.SendAsync("GET", $"me/messages/{id}/attachments/{Id(made)}/$value")).Dispose());

        Assert.Equal("FileDamaged", Assert.IsType<StorageException>(error).Id);
    }

    private static async Task FillAsync(Fixture f)
    {
        for (int i = 0; i < 12; i++)
        {
            JsonElement message = await f.ImportAsync("Subject " + i, i % 2 == 0 ? "inbox" : "sentitems", ""","toRecipients":[{"emailAddress":{"address":"a@example.com","name":"A"}}],"categories":["Red","Blue"]""");
            await f.PostAsync($"me/messages/{Id(message)}/attachments", AttachmentText(AttachmentTests.Bytes(5_000 + (i * 1000))));
        }

        await f.PostAsync("me/mailFolders/inbox/childFolders", """{"displayName":"Below"}""");
        await f.PostAsync("me/contacts", """{"givenName":"Anna","surname":"Beispiel"}""");
    }

    private static string AttachmentText(byte[] bytes) =>
        $$"""{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.bin","contentBytes":"{{Convert.ToBase64String(bytes)}}"}""";

    private static void Damage(Fixture f, string sql)
    {
        f.Mailbox.Dispose();
        using MailboxStore store = MailboxStore.Open(f.FilePath, f.Options);
        store.Database.Execute(sql);
    }

    /// <summary>Reads everything and changes something; how the first thing that went wrong was told.</summary>
    private static async Task<string> ReadAndWriteAsync(string path, SandboxOptions options)
    {
        try
        {
            using SandboxMailbox mailbox = SandboxMailbox.Open(path, options with { Limits = SandboxLimits.Scaled(1000) });
            using HttpClient client = new(mailbox.CreateHandler()) { BaseAddress = new Uri("https://graph.microsoft.com/v1.0/"), Timeout = TimeSpan.FromSeconds(30) };
            HttpStatusCode worst = HttpStatusCode.OK;
            foreach (string request in new[] { "me/mailFolders/delta", "me/mailFolders?$top=50", "me/contacts", "me/messages?$top=50&$expand=attachments", "me/mailFolders/inbox/messages/delta" })
            {
                using HttpResponseMessage answer = await client.GetAsync(request);
                worst = answer.StatusCode > worst ? answer.StatusCode : worst;
                await answer.Content.ReadAsStringAsync();
            }

            using HttpResponseMessage list = await client.GetAsync("me/messages?$select=id&$top=50");
            using JsonDocument ids = JsonDocument.Parse(await list.Content.ReadAsStringAsync());
            foreach (JsonElement message in ids.RootElement.TryGetProperty("value", out JsonElement value) ? value.EnumerateArray().ToArray() : [])
            {
                using HttpResponseMessage mime = await client.GetAsync($"me/messages/{Id(message)}/$value");
                await mime.Content.ReadAsByteArrayAsync();
                using HttpResponseMessage deleted = await client.DeleteAsync("me/messages/" + Id(message));
                using StringContent body = new("""{"subject":"another"}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage created = await client.PostAsync("me/messages", body);
                worst = (HttpStatusCode)Math.Max((int)worst, Math.Max((int)mime.StatusCode, (int)created.StatusCode));
            }

            return worst >= HttpStatusCode.InternalServerError ? "500" : "sound";
        }
        catch (MailDataException e)
        {
            return e.Id;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}
