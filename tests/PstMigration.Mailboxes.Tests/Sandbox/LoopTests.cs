using System.Text;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>What goes into the mailbox comes out again.</summary>
public sealed class LoopTests
{
    [Fact]
    public async Task A_message_comes_back()
    {
        using SandboxFixture sandbox = new();
        MapiItem item = Items.Mail(flags: 1, attachments: [Items.File("ü.txt", Encoding.UTF8.GetBytes("file"), type: "text/plain")]);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.Importance, 2);
        p.Set(PropertyTags.Sensitivity, 2);
        p.Set(PropertyNames.Keywords, ["Blau", "赤"]);
        p.Set(PropertyTags.TransportMessageHeaders, "Received: from a by b\r\nX-Y: z\r\n");
        p.Set(PropertyTags.ConversationTopic, "Hello");
        p.Set(PropertyTags.InternetReferences, "<a@b> <c@d>");
        p.Set(PropertyTags.InReplyToId, "<c@d>");
        p.Set(PropertyTags.LastVerbExecuted, 102);
        p.Set(PropertyTags.FlagStatus, 2);
        p.Set(PropertyNames.FlagRequest, "Follow up");
        PropertyName own = new(new Guid("11111111-2222-3333-4444-555555555555"), "Project");
        p.Set(own, "Apollo");
        PropertyName tags = new(PropertySets.PublicStrings, "Tags");
        p.Set(tags, ["a", "b"]);
        p.Set(new PropertyKey(0x1046), "<answered@contoso.example>");
        p.Set(new PropertyKey(0x6801), 17);
        p.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write([new OneOffEntryId("List", "SMTP", "list@contoso.example").ToArray()]));
        ItemProvenance provenance = Items.Provenance();

        WriteResult written = await sandbox.ImportAsync(item, provenance);
        (SourceFolder folder, SourceItem listed, MapiItem back) = Assert.Single(await sandbox.ExportAsync());

        Assert.Equal(ItemFate.Copied, written.Fate);
        Assert.Empty(written.Losses);
        Assert.Equal(written.TargetKey, listed.Key);
        Assert.StartsWith("graph:", listed.Key.Store, StringComparison.Ordinal);
        Assert.Equal(FolderRole.Inbox, folder.Role);
        Assert.Equal("IPM.Note", listed.Summary.MessageClass);
        Assert.Equal("Hello", listed.Summary.Subject);
        PropertyBag q = back.Properties;
        Assert.Equal("Hello", back.Subject);
        Assert.Equal(MessageFlags.Read | MessageFlags.HasAttachments, back.Flags & (MessageFlags.Read | MessageFlags.HasAttachments | MessageFlags.Unsent | MessageFlags.Submitted));
        Assert.Equal(Items.Sent, q.GetTime(PropertyTags.ClientSubmitTime));
        Assert.Equal(Items.Sent.AddSeconds(15), q.GetTime(PropertyTags.MessageDeliveryTime));
        foreach (PropertyKey key in new PropertyKey[]
        {
            PropertyTags.InternetMessageId, PropertyTags.TransportMessageHeaders, PropertyTags.ConversationTopic, PropertyTags.InternetReferences,
            PropertyTags.InReplyToId, PropertyNames.FlagRequest, own, PropertyTags.SentRepresentingName, PropertyTags.SentRepresentingEmailAddress,
        })
        {
            Assert.Equal(p.GetString(key), q.GetString(key));
        }

        foreach (PropertyKey key in new PropertyKey[] { PropertyTags.Importance, PropertyTags.Sensitivity, PropertyTags.LastVerbExecuted, PropertyTags.FlagStatus })
        {
            Assert.Equal(p.GetInt32(key), q.GetInt32(key));
        }

        Assert.Equal(["a", "b"], q.GetStrings(tags)!);
        Assert.Equal("<answered@contoso.example>", q.GetString(new PropertyKey(0x1046)));
        Assert.Equal(17, q.GetInt32(new PropertyKey(0x6801)));
        Assert.Equal(["Blau", "赤"], q.GetStrings(PropertyNames.Keywords)!);
        Assert.Contains("こんにちは", BodyText.ReadHtml(q), StringComparison.Ordinal);
        Assert.Equal([("Bernd", "bernd@contoso.example", RecipientKind.To), ("千尋", "chihiro@contoso.example", RecipientKind.Cc)],
            back.Recipients.Select(r => (r.DisplayName, r.SmtpAddress!, r.Kind)));
        Assert.True(OneOffEntryId.TryRead(Assert.Single(FlatEntryList.Read(q.GetBinary(PropertyTags.ReplyRecipientEntries))), out OneOffEntryId replyTo));
        Assert.Equal("list@contoso.example", replyTo.Address);
        MapiAttachment file = Assert.Single(back.Attachments);
        Assert.Equal(("ü.txt", "file", 4L), (file.Name, Encoding.UTF8.GetString(file.Content!.ToArray()), file.Content.Measure()));
        Assert.Equal(ItemDigester.Content(item), ItemDigester.Content(back));
        Assert.False(q.Contains(PropertyNames.Marker));
        Assert.False(q.Contains(PropertyNames.SourceKey));
    }

    [Fact]
    public async Task Unread_mail_drafts_and_pictures_come_back_as_such()
    {
        using SandboxFixture sandbox = new();
        MapiItem draft = Items.Mail("Draft", flags: 8);
        MapiItem shown = Items.Mail("Shown", flags: 0, attachments: [Items.File("a.png", [1, 2, 3], "img1@x", "image/png")]);
        shown.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<html><body><img src=\"cid:img1@x\"></body></html>"));
        await sandbox.ImportAsync(draft, Items.Provenance("1"));
        await sandbox.ImportAsync(shown, Items.Provenance("2"));

        List<MapiItem> back = [.. (await sandbox.ExportAsync()).Select(e => e.Item)];

        Assert.Equal(MessageFlags.Unsent, back.Single(i => i.Subject == "Draft").Flags & (MessageFlags.Unsent | MessageFlags.Read));
        MapiItem picture = back.Single(i => i.Subject == "Shown");
        Assert.Equal(MessageFlags.None, picture.Flags & (MessageFlags.Unsent | MessageFlags.Read));
        MapiAttachment attachment = Assert.Single(picture.Attachments);
        Assert.Equal("img1@x", attachment.Properties.GetString(PropertyTags.AttachContentId));
        Assert.Equal(4, attachment.Properties.GetInt32(PropertyTags.AttachFlags));
        Assert.Equal([1, 2, 3], attachment.Content!.ToArray());
    }

    [Fact]
    public async Task Large_attachments_are_uploaded_in_pieces_and_come_back()
    {
        using SandboxFixture sandbox = new();
        byte[] large = Items.Bytes((2 * SizeLimits.Chunk) + 17);
        byte[] between = Items.Bytes(3_050_000, 2);
        byte[] small = Items.Bytes(2_500_000, 3);
        MapiItem item = Items.Mail(attachments: [Items.File("large.bin", large), Items.File("between.bin", between), Items.File("small.bin", small), Items.File("small2.bin", small)]);

        WriteResult written = await sandbox.ImportAsync(item);
        MapiItem back = Assert.Single(await sandbox.ExportAsync()).Item;

        Assert.Equal(ItemFate.Copied, written.Fate);
        Assert.Empty(written.Losses);
        Assert.Equal(3, sandbox.Trace.Count(l => l.StartsWith("PUT ", StringComparison.Ordinal)));
        Assert.All(sandbox.Trace, l => Assert.DoesNotContain("attachmentSessions", l, StringComparison.OrdinalIgnoreCase));
        Dictionary<string, MapiAttachment> byName = back.Attachments.ToDictionary(a => a.Name);
        Assert.Equal(4, byName.Count);
        Assert.Equal(large, byName["large.bin"].Content!.ToArray());
        Assert.Equal(large.Length, byName["large.bin"].Content!.Measure());
        Assert.Equal(between, byName["between.bin"].Content!.ToArray());
        Assert.Equal(small, byName["small2.bin"].Content!.ToArray());
        // The whole item is known as whole to the next run.
        Assert.True(await sandbox.ContainsAsync(await sandbox.TargetAsync(), Items.Provenance()));
    }

    [Fact]
    public async Task An_embedded_message_comes_back_as_an_item()
    {
        using SandboxFixture sandbox = new();
        MapiItem inner = Items.Mail("Inner", attachments: [Items.File("deep.txt", [1])]);

        WriteResult written = await sandbox.ImportAsync(Items.Mail(attachments: [Items.Embedded("Inner", () => inner)]));
        MapiItem back = Assert.Single(await sandbox.ExportAsync()).Item;

        Assert.Equal(["NestedAttachment: Inner/deep.txt"], Items.Losses(written.Losses));
        MapiAttachment attachment = Assert.Single(back.Attachments);
        Assert.Equal(AttachMethod.EmbeddedMessage, attachment.Method);
        MapiItem innerBack = attachment.OpenEmbedded();
        Assert.Equal("Inner", innerBack.Subject);
        Assert.Contains("こんにちは", BodyText.ReadHtml(innerBack.Properties), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_comes_back_with_its_picture()
    {
        using SandboxFixture sandbox = new();
        byte[] photo = [0xFF, 0xD8, 0xFF, 0xE0, .. Items.Bytes(200), 0xFF, 0xD9];
        MapiItem contact = Items.Contact(photo);

        WriteResult written = await sandbox.ImportAsync(contact, path: "連絡先", role: FolderRole.Contacts, containerClass: "IPF.Contact");
        (SourceFolder folder, SourceItem listed, MapiItem back) = Assert.Single(await sandbox.ExportAsync());

        Assert.Equal(ItemFate.Copied, written.Fate);
        Assert.Empty(written.Losses);
        Assert.Equal((FolderRole.Contacts, "IPF.Contact", 1), (folder.Role, folder.ContainerClass, folder.ItemCount));
        Assert.Equal("IPM.Contact", listed.Summary.MessageClass);
        foreach (PropertyKey key in new PropertyKey[]
        {
            PropertyTags.DisplayName, PropertyTags.GivenName, PropertyTags.Surname, PropertyTags.CompanyName, PropertyTags.BusinessTelephone,
            new(0x3A1B), PropertyTags.MobileTelephone, new(0x3A24), PropertyTags.Body, ContactFields.Address(0x8080), ContactFields.Address(0x8083),
            ContactFields.Address(0x8046), ContactFields.Address(0x802D), ContactFields.Address(0x804F), ContactFields.Address(0x801B),
        })
        {
            Assert.Equal(contact.Properties.GetString(key), back.Properties.GetString(key));
        }

        Assert.Equal(contact.Properties.GetTime(PropertyTags.Birthday)!.Value.Date, back.Properties.GetTime(PropertyTags.Birthday)!.Value.Date);
        Assert.Equal(1, back.Properties.GetInt32(ContactFields.EmailSlotMask));
        Assert.Equal(ItemDigester.Content(contact), ItemDigester.Content(back));
        Assert.Equal(["Friends"], back.Properties.GetStrings(PropertyNames.Keywords)!);
        MapiAttachment picture = Assert.Single(back.Attachments);
        Assert.Equal(photo, picture.Content!.ToArray());
        Assert.True(picture.Properties.GetBoolean(PropertyTags.AttachmentContactPhoto));
        Assert.True(await sandbox.ContainsAsync(await sandbox.TargetAsync(), Items.Provenance()));
    }

    [Fact]
    public async Task Other_classes_are_skipped_with_a_reason()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        foreach (string itemClass in new[] { "IPM.TaskRequest", "IPM.StickyNote", "IPM.Activity", "IPM.DistList" })
        {
            MapiItem item = Items.Mail();
            item.Properties.Set(PropertyTags.MessageClass, itemClass);
            WriteResult result = await sandbox.WriteAsync(target, inbox, item, Items.Provenance(itemClass));
            Assert.Equal((ItemFate.Skipped, "ItemClassNotCarried"), (result.Fate, result.ReasonId));
        }

        Assert.Empty(await sandbox.ExportAsync());
    }

    [Fact]
    public async Task A_mailbox_tells_about_itself()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Mail(flags: 0), Items.Provenance("1"));
        await sandbox.ImportAsync(Items.Mail(flags: 1), Items.Provenance("2"));

        MailboxInfo info = await sandbox.Time.RunAsync(sandbox.Connection.GetInfoAsync(sandbox.Log, CancellationToken.None));
        IReadOnlyList<MailboxFolderInfo> folders = await sandbox.Time.RunAsync(sandbox.Connection.GetFoldersAsync(sandbox.Log, CancellationToken.None));

        Assert.Equal((sandbox.Mailbox.Address, 2, MailboxKind.Sandbox), (info.Address, info.ItemCount, info.Kind));
        Assert.Equal("graph:" + info.Id, (await sandbox.SourceAsync()).StoreKey);
        MailboxFolderInfo inbox = folders.Single(f => f.Role == FolderRole.Inbox);
        Assert.Equal(("Inbox", 2, 1, "IPF.Note"), (inbox.Path.ToString(), inbox.ItemCount, inbox.UnreadCount, inbox.ContainerClass));
        Assert.Contains(folders, f => f.Role == FolderRole.Contacts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_mailbox_is_the_same_by_either_address(bool isMe)
    {
        using SandboxFixture sandbox = new();
        using GraphMailboxConnection other = sandbox.Connect(isMe);

        MailboxInfo here = await sandbox.Time.RunAsync(sandbox.Connection.GetInfoAsync(sandbox.Log, CancellationToken.None));
        MailboxInfo there = await sandbox.Time.RunAsync(other.GetInfoAsync(sandbox.Log, CancellationToken.None));

        Assert.Equal((here.Id, here.Address), (there.Id, there.Address));
    }
}
