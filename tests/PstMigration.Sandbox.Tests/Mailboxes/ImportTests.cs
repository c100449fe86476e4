using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Sandbox.Tests.Mailboxes;

/// <summary>Streams that become items.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly MailboxFixture _mailbox = new();

    public void Dispose() => _mailbox.Dispose();

    [Fact]
    public async Task An_imported_message_is_a_message_to_all_others()
    {
        MapiItem item = MailboxFixture.Message("件名");
        item.Properties.Set(new PropertyName(PropertySets.PublicStrings, "Keywords"), ["青"]);
        (string id, string key) = await _mailbox.ImportAsync(item, await _mailbox.FolderAsync());
        JsonElement message = await _mailbox.Sandbox.GetAsync("me/mailFolders/inbox/messages/" + id);
        Assert.Equal("件名", message.GetProperty("subject").GetString());
        Assert.False(message.GetProperty("isDraft").GetBoolean());
        Assert.False(message.GetProperty("isRead").GetBoolean());
        Assert.Equal("2009-03-01T10:20:45Z", message.GetProperty("receivedDateTime").GetString());
        Assert.Equal("2009-03-01T10:20:30Z", message.GetProperty("sentDateTime").GetString());
        Assert.Equal("to@example.com", message.GetProperty("toRecipients")[0].GetProperty("emailAddress").GetProperty("address").GetString());
        Assert.Equal("青", message.GetProperty("categories")[0].GetString());
        Assert.Equal("text", message.GetProperty("body").GetProperty("content").GetString());
        Assert.Equal(key, message.GetProperty("changeKey").GetString());
        Assert.Equal(0, _mailbox.Sandbox.Mailbox.InvitationsSent);
    }

    [Fact]
    public async Task Formatted_bodies_are_shown_in_both_forms()
    {
        string folder = await _mailbox.FolderAsync();
        MapiItem html = MailboxFixture.Message();
        html.Properties.Remove(PropertyTags.Body);
        html.Properties.Set(PropertyTags.BodyHtml, CodePages.Get(CodePages.ShiftJis).GetBytes("<p>本文</p>"));
        html.Properties.Set(PropertyTags.InternetCodepage, CodePages.ShiftJis);
        MapiItem rtf = MailboxFixture.Message();
        rtf.Properties.Remove(PropertyTags.Body);
        rtf.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(@"{\rtf1\ansi\b bold \u26085?}")));
        foreach (string id in new[] { (await _mailbox.ImportAsync(html, folder)).Id, (await _mailbox.ImportAsync(rtf, folder)).Id })
        {
            JsonElement message = await _mailbox.Sandbox.GetAsync("me/messages/" + id);
            Assert.Equal("html", message.GetProperty("body").GetProperty("contentType").GetString());
            Assert.True(message.GetProperty("bodyPreview").GetString() is "本文" or "bold 日", message.GetProperty("bodyPreview").GetString());
            Assert.Contains(message.GetProperty("bodyPreview").GetString() == "本文" ? "本文" : "&#26085;", message.GetProperty("body").GetProperty("content").GetString(), StringComparison.Ordinal);
        }

        // What was stored comes back as it was, in its own form.
        MapiItem back = await _mailbox.ExportOneAsync((await _mailbox.ImportAsync(rtf, folder)).Id);
        Assert.Equal(rtf.Properties.GetBinary(PropertyTags.RtfCompressed), back.Properties.GetBinary(PropertyTags.RtfCompressed));
        Assert.False(back.Properties.Contains(PropertyTags.BodyHtml));
    }

    [Fact]
    public async Task Kinds_appear_where_they_belong()
    {
        MapiItem appointment = MailboxFixture.Message("会議", "IPM.Appointment");
        appointment.Properties.Set(new PropertyName(PropertySets.Appointment, 0x820D), new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        appointment.Properties.Set(new PropertyName(PropertySets.Appointment, 0x820E), new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));
        MapiItem series = MailboxFixture.Message("毎日", "IPM.Appointment");
        series.Properties.Set(new PropertyName(PropertySets.Appointment, 0x8223), true);
        MapiItem contact = MailboxFixture.Message("人", "IPM.Contact");
        contact.Properties.Set(PropertyTags.Surname, "山田");
        MapiItem list = MailboxFixture.Message("皆", "IPM.DistList");
        MapiItem task = MailboxFixture.Message("用事", "IPM.Task");
        task.Properties.Set(new PropertyName(PropertySets.Task, 0x8105), new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero));

        string calendar = await _mailbox.FolderOfClassAsync("IPF.Appointment");
        string contacts = await _mailbox.FolderOfClassAsync("IPF.Contact");
        string tasks = await _mailbox.FolderOfClassAsync("IPF.Task");
        await _mailbox.ImportAsync(appointment, calendar);
        (string seriesId, _) = await _mailbox.ImportAsync(series, calendar);
        await _mailbox.ImportAsync(contact, contacts);
        (string listId, _) = await _mailbox.ImportAsync(list, contacts);
        await _mailbox.ImportAsync(task, tasks);

        JsonElement shown = Assert.Single((await _mailbox.Sandbox.GetAsync("me/events")).GetProperty("value").EnumerateArray());
        Assert.Equal("2026-01-05T09:00:00.0000000", shown.GetProperty("start").GetProperty("dateTime").GetString());
        Assert.Equal("山田", Assert.Single((await _mailbox.Sandbox.GetAsync("me/contacts")).GetProperty("value").EnumerateArray()).GetProperty("surname").GetString());
        string todo = Fixture.Id((await _mailbox.Sandbox.GetAsync("me/todo/lists")).GetProperty("value")[0]);
        JsonElement done = Assert.Single((await _mailbox.Sandbox.GetAsync("me/todo/lists/" + todo + "/tasks")).GetProperty("value").EnumerateArray());
        Assert.Equal("2026-02-03T00:00:00.0000000", done.GetProperty("dueDateTime").GetProperty("dateTime").GetString());
        Assert.Equal(0, (await _mailbox.Sandbox.GetAsync("me/messages")).GetProperty("value").GetArrayLength());

        // What the others have no place for is there for export, whole.
        Assert.Equal(2, (await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/" + calendar + "/items")).GetProperty("value").GetArrayLength());
        Assert.True((await _mailbox.ExportOneAsync(seriesId)).Properties.GetBoolean(new PropertyName(PropertySets.Appointment, 0x8223)));
        Assert.Equal("IPM.DistList", (await _mailbox.ExportOneAsync(listId)).MessageClass);
    }

    [Fact]
    public async Task Recipients_and_attachments_keep_what_no_column_holds()
    {
        MapiItem item = MailboxFixture.Message();
        item.Recipients[0].Properties.Set(new PropertyKey(0x5FFF), 3);
        PropertyBag sender = new();
        sender.Set(PropertyTags.RecipientType, 0);
        sender.Set(PropertyTags.DisplayName, "主催者");
        item.Recipients.Add(new MapiRecipient(sender));
        PropertyBag ole = new();
        ole.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        ole.Set(new PropertyKey(0x3702), [1, 2, 3]);
        ole[PropertyTags.AttachDataObject] = PropertyValue.FromBinary([0xD0, 0xCF], PropertyType.Object);
        MapiItem inner = MailboxFixture.Message("inner");
        inner.Attachments.Add(new MapiAttachment(ole));
        PropertyBag message = new();
        message.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        item.Attachments.Add(new MapiAttachment(message, () => inner));

        (string id, _) = await _mailbox.ImportAsync(item, await _mailbox.FolderAsync());
        _mailbox.Sandbox.Reopen();
        MapiItem back = await _mailbox.ExportOneAsync(id);

        Assert.Equal(["主催者", "宛先"], back.Recipients.Select(r => r.DisplayName));
        Assert.Equal(3, back.Recipients[1].Properties.GetInt32(new PropertyKey(0x5FFF)));
        MapiItem embedded = back.Attachments[0].OpenEmbedded();
        Assert.Equal("inner", embedded.Subject);
        Assert.Equal(PropertyType.Object, embedded.Attachments[0].Properties[PropertyTags.AttachDataObject].Type);
        Assert.Equal([1, 2, 3], embedded.Attachments[0].Properties.GetBinary(new PropertyKey(0x3702)));
    }

    [Fact]
    public async Task An_update_replaces_the_version_it_names()
    {
        string folder = await _mailbox.FolderAsync();
        Uri session = await _mailbox.SessionAsync();
        MapiItem first = MailboxFixture.Message("first");
        first.Attachments.Add(new MapiAttachment(File("a.txt")));
        (string id, string key) = await _mailbox.ImportAsync(first, folder, session);

        string data = MailboxFixture.Data(MailboxFixture.Message("second"));
        Assert.Equal(HttpStatusCode.Conflict, (await _mailbox.PostAsync(session, new { FolderId = folder, Mode = "update", Data = data, ItemId = id, ChangeKey = "AAAA" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _mailbox.PostAsync(session, new { FolderId = await _mailbox.FolderAsync("drafts"), Mode = "update", Data = data, ItemId = id, ChangeKey = key })).Status);
        Assert.Equal("first", (await _mailbox.ExportOneAsync(id)).Subject);

        (HttpStatusCode status, JsonElement answer) = await _mailbox.PostAsync(session, new { FolderId = folder, Mode = "update", Data = data, ItemId = id, ChangeKey = key });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(id, answer.GetProperty("itemId").GetString());
        Assert.NotEqual(key, answer.GetProperty("changeKey").GetString());
        MapiItem now = await _mailbox.ExportOneAsync(id);
        Assert.Equal("second", now.Subject);
        Assert.Empty(now.Attachments);
        Assert.Equal(1, (await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/inbox/items")).GetProperty("value").GetArrayLength());
        Assert.Equal(HttpStatusCode.Conflict, (await _mailbox.PostAsync(session, new { FolderId = folder, Mode = "update", Data = data, ItemId = id, ChangeKey = key })).Status);
    }

    [Fact]
    public async Task What_is_no_import_is_refused_and_leaves_nothing()
    {
        string folder = await _mailbox.FolderAsync();
        Uri session = await _mailbox.SessionAsync();
        string data = MailboxFixture.Data(MailboxFixture.Message());
        using Fixture other = new();
        string elsewhere = Fixture.Id(await other.GetAsync("me/mailFolders/inbox"));
        foreach ((object body, string code) in new (object, string)[]
        {
            (new { FolderId = folder, Mode = "Create", Data = data }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "move", Data = data }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Data = data }, "ErrorInvalidRequest"),
            (new { Mode = "create", Data = data }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "create" }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "create", Data = data, ItemId = "x" }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "create", Data = data, ChangeKey = "x" }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "update", Data = data, ItemId = "x" }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "create", Data = "?" + data }, "ErrorInvalidRequest"),
            (new { FolderId = folder, Mode = "create", Data = "VGhpcyBpcyBhIHRlc3Q=" }, "ErrorCorruptData"),
            (new { FolderId = folder, Mode = "create", Data = Convert.ToBase64String([.. Convert.FromBase64String(data).Take(200)]) }, "ErrorCorruptData"),
            (new { FolderId = "?", Mode = "create", Data = data }, "ErrorInvalidIdMalformed"),
            (new { FolderId = elsewhere, Mode = "create", Data = data }, "ErrorInvalidIdMalformed"),
            (new { folderId = folder, mode = "create", data }, "RequestBodyRead"),
            ("{", "BadRequest"),
        })
        {
            (HttpStatusCode status, JsonElement answer) = await _mailbox.PostAsync(session, body);
            Assert.True(status == HttpStatusCode.BadRequest && answer.GetProperty("error").GetProperty("code").GetString() == code, body + " " + answer);
        }

        Assert.Equal(0, (await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/inbox/items")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task The_address_of_a_session_is_the_permission_until_it_expires()
    {
        JsonElement session = await _mailbox.Sandbox.JsonAsync(HttpStatusCode.OK, "POST", _mailbox.Root + "/createImportSession", "{}");
        Uri address = new(session.GetProperty("importUrl").GetString()!);
        Assert.Equal("outlook.office365.com", address.Host);
        Assert.Equal(Fixture.Start.AddHours(1), session.GetProperty("expirationDateTime").GetDateTimeOffset());
        string folder = await _mailbox.FolderAsync();
        object body = new { FolderId = folder, Mode = "create", Data = MailboxFixture.Data(MailboxFixture.Message()) };
        using (HttpResponseMessage refused = await _mailbox.Sandbox.SendAsync("POST", address.OriginalString, JsonSerializer.Serialize(body), ("Authorization", "Bearer x")))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await _mailbox.PostAsync(new Uri(address.OriginalString + "x"), body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _mailbox.PostAsync(new Uri(address.OriginalString.Replace("MBX:", "MBX:0")), body)).Status);
        _mailbox.Sandbox.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await _mailbox.PostAsync(address, body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _mailbox.PostAsync(address, body)).Status);
        _mailbox.Sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _mailbox.PostAsync(address, body)).Status);
        Assert.Equal(2, (await _mailbox.Sandbox.GetAsync(_mailbox.Root + "/folders/inbox/items")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Limits_and_faults_strike_here_too()
    {
        using MailboxFixture mailbox = new(options: new SandboxOptions { Limits = new SandboxLimits { UploadBytes = 6_000_000, ImportBytes = 9_000_000 } });
        string folder = await mailbox.FolderAsync();
        Uri session = await mailbox.SessionAsync();
        MapiItem large = MailboxFixture.Message("large");
        PropertyBag file = File("large.bin");
        file.Set(PropertyTags.AttachDataBinary, new byte[3_600_000]);
        large.Attachments.Add(new MapiAttachment(file));

        // More than a request to Graph may have, but less than an import.
        await mailbox.ImportAsync(large, folder, session);
        (HttpStatusCode status, JsonElement answer) = await mailbox.PostAsync(session, new { FolderId = folder, Mode = "create", Data = MailboxFixture.Data(large) });
        Assert.Equal(429, (int)status);
        Assert.Equal("Application is over its IncomingBytes limit.", answer.GetProperty("error").GetProperty("message").GetString());
        mailbox.Sandbox.Time.Advance(TimeSpan.FromMinutes(5));
        file.Set(PropertyTags.AttachDataBinary, new byte[7_000_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await mailbox.PostAsync(session, new { FolderId = folder, Mode = "create", Data = MailboxFixture.Data(large) })).Status);

        // Stored, and the client does not learn of it; stored in another folder.
        mailbox.Sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/importItem", StatusCode = 504, Point = SandboxFaultPoint.AfterCommit });
        mailbox.Sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/importItem", WrongFolder = "drafts" });
        object body = new { FolderId = folder, Mode = "create", Data = MailboxFixture.Data(MailboxFixture.Message()) };
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await mailbox.PostAsync(session, body)).Status);
        Assert.Equal(2, (await mailbox.Sandbox.GetAsync(mailbox.Root + "/folders/inbox/items")).GetProperty("value").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await mailbox.PostAsync(session, body)).Status);
        Assert.Equal(1, (await mailbox.Sandbox.GetAsync(mailbox.Root + "/folders/drafts/items")).GetProperty("value").GetArrayLength());
    }

    private static PropertyBag File(string name)
    {
        PropertyBag file = new();
        file.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        file.Set(PropertyTags.AttachLongFilename, name);
        file.Set(PropertyTags.AttachDataBinary, [1]);
        return file;
    }
}
