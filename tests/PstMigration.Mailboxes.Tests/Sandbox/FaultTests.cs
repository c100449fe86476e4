using PstMigration.Mapi;
using PstMigration.Tests;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Nothing lost, nothing doubled, whatever the connection does.</summary>
public sealed class FaultTests
{
    public static TheoryData<SandboxFaultPoint, int?> Losses => new()
    {
        { SandboxFaultPoint.AfterCommit, null },
        { SandboxFaultPoint.AfterCommit, 503 },
        { SandboxFaultPoint.AfterCommit, 500 },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_create_whose_answer_is_lost_is_found_and_not_sent_again(SandboxFaultPoint point, int? status)
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(5) });
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = point, StatusCode = status });

        WriteResult result = await sandbox.ImportAsync(Items.Mail());

        Assert.Equal(0, sandbox.Mailbox.Faults.Pending);
        (_, SourceItem listed, _) = Assert.Single(await sandbox.ExportAsync());
        Assert.Equal(listed.Key, result.TargetKey);
    }

    [Fact]
    public async Task Two_items_with_one_message_id_are_told_apart_by_their_marker()
    {
        using SandboxFixture sandbox = new();
        MapiItem first = Items.Mail("First", messageId: "<same@contoso.example>");
        MapiItem second = Items.Mail("Second", messageId: "<same@contoso.example>");
        await sandbox.ImportAsync(first, Items.Provenance("1"));
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.AfterCommit, StatusCode = null });

        WriteResult result = await sandbox.ImportAsync(second, Items.Provenance("2"));

        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await sandbox.ExportAsync();
        Assert.Equal(["First", "Second"], all.Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal));
        Assert.Equal("Second", all.Single(i => i.Listed.Key == result.TargetKey).Item.Subject);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(503)]
    public async Task A_create_that_may_not_have_arrived_stays_unsure_and_is_looked_up_before_it_is_sent_again(int? status)
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        ItemProvenance provenance = Items.Provenance();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.BeforeCommit, StatusCode = status });

        WriteResult first = await sandbox.WriteAsync(target, inbox, Items.Mail(), provenance);
        Assert.Equal((ItemFate.Unsure, "ItemUnsure"), (first.Fate, first.ReasonId));
        Assert.Empty(await sandbox.ExportAsync());

        WriteResult second = await sandbox.WriteAsync(target, inbox, Items.Mail(), provenance);
        Assert.Equal(ItemFate.Copied, second.Fate);
        Assert.Single(await sandbox.ExportAsync());
    }

    [Fact]
    public async Task An_unsure_item_that_shows_up_later_is_already_there()
    {
        // It stays hidden from searches longer than we look for it.
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromMinutes(2) });
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        ItemProvenance provenance = Items.Provenance();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.AfterCommit, StatusCode = null });

        WriteResult first = await sandbox.WriteAsync(target, inbox, Items.Mail(), provenance);
        sandbox.Time.Advance(TimeSpan.FromMinutes(3));
        WriteResult second = await sandbox.WriteAsync(target, inbox, Items.Mail(), provenance);

        Assert.Equal((ItemFate.Unsure, ItemFate.AlreadyThere), (first.Fate, second.Fate));
        Assert.Single(await sandbox.ExportAsync());
    }

    [Fact]
    public async Task A_second_run_finds_what_the_first_wrote()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Mail(), Items.Provenance("1"));
        await sandbox.ImportAsync(Items.Contact(), Items.Provenance("2"), "Contacts", FolderRole.Contacts, "IPF.Contact");
        await sandbox.ImportAsync(Items.Contact(), Items.Provenance("3"), "Friends", FolderRole.None, "IPF.Contact");

        IItemTarget target = await sandbox.TargetAsync();

        foreach (string id in new[] { "1", "2", "3" })
        {
            Assert.True(await sandbox.ContainsAsync(target, Items.Provenance(id)));
        }

        Assert.False(await sandbox.ContainsAsync(target, Items.Provenance("4")));
    }

    [Theory]
    [InlineData("/attachments", 1)] // the first attachment after the create
    [InlineData("/attachments", 2)]
    [InlineData("attachmentSessions", 0)] // the first piece of the upload
    [InlineData("attachmentSessions", 1)]
    public async Task A_run_killed_between_attachments_is_completed_by_the_next(string path, int skip)
    {
        using SandboxFixture sandbox = new();
        using CancellationTokenSource kill = new();
        MapiAttachment[] attachments =
        [
            Items.File("inside.bin", Items.Bytes(2_000_000, 1)),
            Items.File("after.bin", Items.Bytes(2_000_000, 2)),
            Items.File("upload.bin", Items.Bytes(5_000_000, 3)),
        ];
        MapiItem item = Items.Mail(attachments: attachments);
        ItemProvenance provenance = Items.Provenance();
        IItemTarget first = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(first, "Inbox", FolderRole.Inbox);
        // The connection is gone for good at this request, so the run ends there.
        sandbox.Mailbox.Faults.Add(new SandboxFault { Path = path, Skip = skip - (path == "/attachments" ? 1 : 0), Times = 1, StatusCode = 507, Code = "ErrorQuotaExceeded" });

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => sandbox.WriteAsync(first, inbox, item, provenance));
        Assert.Equal("MailboxFull", e.Id);

        IItemTarget second = await sandbox.TargetAsync();
        Assert.False(await sandbox.ContainsAsync(second, provenance));
        WriteResult result = await sandbox.WriteAsync(second, await sandbox.OpenAsync(second, "Inbox", FolderRole.Inbox), item, provenance);

        Assert.Equal(ItemFate.Copied, result.Fate);
        MapiItem back = Assert.Single(await sandbox.ExportAsync()).Item;
        Assert.Equal(["after.bin", "inside.bin", "upload.bin"], back.Attachments.Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.All(attachments, a => Assert.Equal(a.Content!.ToArray(), back.Attachments.Single(b => b.Name == a.Name).Content!.ToArray()));
        Assert.True(await sandbox.ContainsAsync(await sandbox.TargetAsync(), provenance));
    }

    [Theory]
    [InlineData(SandboxFaultPoint.AfterCommit)]
    [InlineData(SandboxFaultPoint.BeforeCommit)]
    public async Task An_attachment_whose_answer_is_lost_is_added_once(SandboxFaultPoint point)
    {
        using SandboxFixture sandbox = new();
        MapiItem item = Items.Mail(attachments: [Items.File("a.bin", Items.Bytes(2_000_000)), Items.File("b.bin", Items.Bytes(2_000_000))]);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/attachments", Point = point, StatusCode = null });

        await sandbox.ImportAsync(item);

        Assert.Equal(2, Assert.Single(await sandbox.ExportAsync()).Item.Attachments.Count);
    }

    [Theory]
    [InlineData(SandboxFaultPoint.AfterCommit, 0)]
    [InlineData(SandboxFaultPoint.AfterCommit, 1)] // the last piece: the attachment is there
    [InlineData(SandboxFaultPoint.BeforeCommit, 0)]
    [InlineData(SandboxFaultPoint.BeforeCommit, 1)]
    public async Task A_piece_whose_answer_is_lost_makes_no_second_attachment(SandboxFaultPoint point, int skip)
    {
        using SandboxFixture sandbox = new();
        byte[] bytes = Items.Bytes(5_000_000);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = "attachmentSessions", Point = point, Skip = skip, StatusCode = null });

        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", bytes)]));

        Assert.Equal(bytes, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.ToArray());
    }

    [Fact]
    public async Task An_item_whose_attachment_is_refused_is_taken_back()
    {
        using SandboxFixture sandbox = new();
        MapiItem item = Items.Mail(attachments: [Items.File("a.bin", Items.Bytes(2_000_000)), Items.File("b.bin", Items.Bytes(2_000_000))]);
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/attachments", StatusCode = 400, Code = "ErrorInvalidAttachment" });

        WriteResult result = await sandbox.WriteAsync(target, inbox, item, Items.Provenance());

        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (result.Fate, result.ReasonId));
        Assert.Contains("b.bin", result.Reason, StringComparison.Ordinal);
        Assert.Empty(await sandbox.ExportAsync());
        Assert.Equal(ItemFate.Copied, (await sandbox.WriteAsync(target, inbox, item, Items.Provenance())).Fate);
    }

    [Fact]
    public async Task A_damaged_attachment_fails_its_item_alone()
    {
        using SandboxFixture sandbox = new();
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, 1);
        p.Set(PropertyTags.AttachLongFilename, "damaged.bin");
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new DamagedSource(1000));
        PropertyBag q = new();
        q.Set(PropertyTags.AttachMethod, 1);
        q.Set(PropertyTags.AttachLongFilename, "damaged.bin");
        q[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new DamagedSource(9_000_000));
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);

        WriteResult small = await sandbox.WriteAsync(target, inbox, Items.Mail(attachments: [new MapiAttachment(p)]), Items.Provenance("1"));
        WriteResult large = await sandbox.WriteAsync(target, inbox, Items.Mail(attachments: [new MapiAttachment(q)]), Items.Provenance("2"));

        Assert.Equal((ItemFate.Failed, "PstDamaged"), (small.Fate, small.ReasonId));
        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (large.Fate, large.ReasonId));
        Assert.Empty(await sandbox.ExportAsync());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task A_create_that_is_refused_is_tried_again_with_less(int refusals, bool topicIsLost)
    {
        using SandboxFixture sandbox = new();
        MapiItem item = Items.Mail();
        item.Properties.Set(new PropertyName(PropertySets.PublicStrings, "X"), "1");
        item.Properties.Set(PropertyTags.ConversationTopic, "A topic");
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Times = refusals, StatusCode = 400, Code = "ErrorInvalidProperty" });

        WriteResult result = await sandbox.ImportAsync(item);

        Assert.Contains("NamedProperties: {00020329-0000-0000-c000-000000000046} Name X", Items.Losses(result.Losses));
        Assert.Equal(topicIsLost, Items.Losses(result.Losses).Contains("Field: 0x0070"));
        Assert.Equal(Items.Sent, Assert.Single(await sandbox.ExportAsync()).Item.Properties.GetTime(PropertyTags.ClientSubmitTime));
    }

    [Fact]
    public async Task A_create_that_is_refused_to_the_end_fails_and_says_the_services_code()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Times = 3, StatusCode = 400, Code = "ErrorCorruptData" });

        WriteResult result = await sandbox.WriteAsync(target, inbox, Items.Mail(), Items.Provenance());

        Assert.Equal((ItemFate.Failed, "GraphRejected"), (result.Fate, result.ReasonId));
        Assert.Contains("ErrorCorruptData", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "MailboxSignInLost")]
    [InlineData(403, "ErrorAccessDenied", "MailboxAccessDenied")]
    [InlineData(507, "ErrorQuotaExceeded", "MailboxFull")]
    public async Task What_concerns_every_item_ends_the_run(int status, string code, string id)
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", StatusCode = status, Code = code });

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => sandbox.WriteAsync(target, inbox, Items.Mail(), Items.Provenance()));

        Assert.Equal(id, e.Id);
    }

    [Fact]
    public async Task The_limiter_keeps_the_service_from_throttling()
    {
        // A hundredth of everything: the sandbox says 429 to anybody who takes no care.
        using SandboxFixture sandbox = new(
            options: new SandboxOptions { Limits = SandboxLimits.Scaled(0.01), VisibilityDelay = TimeSpan.Zero },
            limits: new MailboxLimits { ConcurrentRequests = 1, Requests = 95, UploadBytes = 1_400_000 });
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        DateTimeOffset start = sandbox.Time.GetUtcNow();

        for (int i = 0; i < 120; i++)
        {
            WriteResult result = await sandbox.WriteAsync(
                target, inbox, Items.Mail(attachments: [Items.File("a.bin", Items.Bytes(20_000))]), Items.Provenance(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(ItemFate.Copied, result.Fate);
        }

        Assert.DoesNotContain(sandbox.Trace, l => l.Contains(" -> 429", StringComparison.Ordinal));
        Assert.True(sandbox.Time.GetUtcNow() - start > TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task Throttling_costs_time_and_nothing_else()
    {
        using SandboxFixture sandbox = new();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Times = 3, StatusCode = 429, Code = "ApplicationThrottled", RetryAfter = TimeSpan.FromSeconds(30) });
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "GET", Times = 3, StatusCode = 503, RetryAfter = TimeSpan.FromSeconds(5) });

        await sandbox.ImportAsync(Items.Mail());

        Assert.Single(await sandbox.ExportAsync());
        Assert.Equal(0, sandbox.Mailbox.Faults.Pending);
    }

    [Fact]
    public async Task A_contact_whose_answer_is_lost_is_found()
    {
        using SandboxFixture sandbox = new();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/contacts", Point = SandboxFaultPoint.AfterCommit, StatusCode = null });

        await sandbox.ImportAsync(Items.Contact([0xFF, 0xD8, 0xFF, 1, 2, 3]), path: "Contacts", role: FolderRole.Contacts, containerClass: "IPF.Contact");

        Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments);
    }

    [Fact]
    public async Task A_contact_without_its_picture_yet_is_completed_by_the_next_run()
    {
        using SandboxFixture sandbox = new();
        MapiItem contact = Items.Contact([0xFF, 0xD8, 0xFF, 1, 2, 3]);
        IItemTarget first = await sandbox.TargetAsync();
        TargetFolder contacts = await sandbox.OpenAsync(first, "Contacts", FolderRole.Contacts, "IPF.Contact");
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = "/photo", StatusCode = 507, Code = "ErrorQuotaExceeded" });
        await Assert.ThrowsAsync<MailboxException>(() => sandbox.WriteAsync(first, contacts, contact, Items.Provenance()));

        WriteResult result = await sandbox.ImportAsync(contact, path: "Contacts", role: FolderRole.Contacts, containerClass: "IPF.Contact");

        (_, SourceItem listed, MapiItem back) = Assert.Single(await sandbox.ExportAsync());
        Assert.Equal(listed.Key, result.TargetKey);
        Assert.Single(back.Attachments);
    }

    [Theory]
    [InlineData(400, "ErrorInvalidImage")]
    [InlineData(403, "ErrorAccessDenied")]
    public async Task A_contact_whose_picture_is_refused_is_taken_back_by_the_run_that_made_it_alone(int status, string code)
    {
        using SandboxFixture sandbox = new();
        MapiItem contact = Items.Contact([0xFF, 0xD8, 0xFF, 1, 2, 3]);
        IItemTarget first = await sandbox.TargetAsync();
        TargetFolder contacts = await sandbox.OpenAsync(first, "Contacts", FolderRole.Contacts, "IPF.Contact");
        SandboxFault refusal = new() { Method = "PUT", Path = "/photo", StatusCode = status, Code = code };
        sandbox.Mailbox.Faults.Add(refusal);
        WriteResult refused = await sandbox.WriteAsync(first, contacts, contact, Items.Provenance());
        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (refused.Fate, refused.ReasonId));
        Assert.Empty(await sandbox.ExportAsync());

        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = "/photo", StatusCode = 507, Code = "ErrorQuotaExceeded" });
        await Assert.ThrowsAsync<MailboxException>(() => sandbox.WriteAsync(first, contacts, contact, Items.Provenance()));
        sandbox.Mailbox.Faults.Add(refusal);
        IItemTarget second = await sandbox.TargetAsync();
        WriteResult again = await sandbox.WriteAsync(second, await sandbox.OpenAsync(second, "Contacts", FolderRole.Contacts, "IPF.Contact"), contact, Items.Provenance());

        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (again.Fate, again.ReasonId));
        Assert.Single(await sandbox.ExportAsync());
    }

    [Theory]
    [InlineData(SandboxFaultPoint.AfterCommit)]
    [InlineData(SandboxFaultPoint.BeforeCommit)]
    public async Task A_folder_whose_answer_is_lost_is_made_once_and_under_its_own_name(SandboxFaultPoint point)
    {
        using SandboxFixture sandbox = new();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "childFolders", Point = point, StatusCode = null });

        await sandbox.ImportAsync(Items.Mail(), path: "Projects/Apollo", role: FolderRole.None);

        Assert.Equal("Projects/Apollo", Assert.Single(await sandbox.ExportAsync()).Folder.Path.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_folder_that_cannot_be_made_for_long_is_an_error_and_no_other_one_with_a_number(int times)
    {
        using SandboxFixture sandbox = new();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "childFolders", Times = times, StatusCode = 503 });
        IItemTarget target = await sandbox.TargetAsync();

        MailboxException? error = (MailboxException?)await Record.ExceptionAsync(() => sandbox.OpenAsync(target, "Projects"));

        Assert.Equal(times == 4 ? null : MailboxErrorIds.AnswerLost, error?.Error);
        Assert.Equal(times == 4 ? ["Projects"] : [], (await FoldersAsync(sandbox)).Where(f => f.StartsWith("Projects", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> FoldersAsync(SandboxFixture sandbox)
    {
        IItemSource source = await sandbox.SourceAsync();
        return await sandbox.Time.RunAsync(ListAsync());

        async Task<List<string>> ListAsync()
        {
            List<string> names = [];
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                names.Add(folder.Path.ToString());
            }

            return names;
        }
    }

    [Fact]
    public async Task A_download_that_breaks_is_begun_again()
    {
        using SandboxFixture sandbox = new();
        byte[] bytes = Items.Bytes(1_000_000);
        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", bytes)]));
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "GET", Path = "$value", StatusCode = null });

        MapiItem back = Assert.Single(await sandbox.ExportAsync()).Item;
        byte[] read = Assert.Single(back.Attachments).Content!.ToArray();

        Assert.Equal(bytes, read);
    }

    private sealed class DamagedSource(long length) : BinarySource
    {
        public override long? Length => length;

        public override Stream OpenRead() => throw new MailDataException(TestError.Of("PstDamaged"), "The block is damaged.");
    }
}
