using System.Reflection;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Import and export hold whichever way each assumption about the service turns out.</summary>
public sealed class BehaviourTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_is_none_is_a_loss_and_costs_no_time(double number)
    {
        using SandboxFixture sandbox = new();
        PropertyKey named = new PropertyName(PropertySets.Common, "Number");
        MapiItem item = Items.Mail();
        item.Properties[named] = PropertyValue.FromBits(PropertyType.Floating64, BitConverter.DoubleToInt64Bits(number));
        item.Properties[new PropertyKey(0x6010)] = PropertyValue.FromMultiple(PropertyType.MultipleFloating64, new[] { 0L, BitConverter.DoubleToInt64Bits(number) });
        MapiItem contact = Items.Contact();
        contact.Properties[named] = item.Properties[named];
        DateTimeOffset before = sandbox.Time.GetUtcNow();

        WriteResult mail = await sandbox.ImportAsync(item);
        WriteResult person = await sandbox.ImportAsync(contact, Items.Provenance("contact"), "Contacts", FolderRole.Contacts, "IPF.Contact");

        Assert.Contains(mail.Losses, l => l.Kind == LossKind.NamedProperties && l.Detail == named.ToString());
        Assert.Contains(person.Losses, l => l.Kind == LossKind.NamedProperties && l.Detail == named.ToString());
        Assert.True(sandbox.Time.GetUtcNow() - before < TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await sandbox.ExportAsync()).Count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Whole_seconds_are_said_once_where_the_service_gives_no_more(bool wholeSeconds, bool feed)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { AnswersWholeSeconds = wholeSeconds });
        foreach (string name in new[] { "a", "b", "c" })
        {
            MapiItem item = Items.Mail(name);
            item.Properties.Set(PropertyTags.MessageDeliveryTime, Items.Sent.AddTicks(1_234_567));
            await sandbox.ImportAsync(item, Items.Provenance(name));
        }

        IItemSource source = await sandbox.SourceAsync();
        int read = await sandbox.Time.RunAsync(ReadAsync());

        Assert.Equal(3, read);
        Assert.Equal(wholeSeconds ? [3L] : [], source.Report.Notices.Where(n => n.Kind == SourceNoticeKind.Rounded).Select(n => n.Count));

        async Task<int> ReadAsync()
        {
            int items = 0;
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                if (feed)
                {
                    await foreach (ItemChange change in ((IItemChangeFeed)source).ReadChanges(folder, null).ReadAsync(CancellationToken.None))
                    {
                        items++;
                    }
                }
                else
                {
                    await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
                    {
                        items++;
                    }
                }
            }

            return items;
        }
    }

    /// <summary>What of the items may be lost where a switch is turned over; every other loss is a fault of ours.</summary>
    private static readonly Dictionary<string, string[]> s_losses = new()
    {
        [nameof(SandboxBehaviour.HonoursFlagsAtCreate)] = ["Field: 0x0E07"],
        [nameof(SandboxBehaviour.HonoursTimesAtCreate)] = ["Field: 0x0039", "Field: 0x0E06"],
        [nameof(SandboxBehaviour.HonoursSenderAtCreate)] = ["Field: From", "Field: 0x0042"],
        [nameof(SandboxBehaviour.HonoursInternetMessageId)] = ["Field: 0x1035"],
        [nameof(SandboxBehaviour.HonoursTransportHeaders)] = ["Field: 0x007D"],
        [nameof(SandboxBehaviour.HonoursMessageClass)] = ["MessageClass: IPM.Note.Custom"],
        [nameof(SandboxBehaviour.HonoursConversation)] = ["Field: 0x0070", "Field: 0x0071"],
        [nameof(SandboxBehaviour.HonoursLastVerb)] = ["Field: 0x1080", "Field: 0x1081", "Field: 0x1082"],
    };

    /// <summary>What large attachments are about; elsewhere they would only cost time.</summary>
    private static readonly string[] s_large = ["", nameof(SandboxBehaviour.AllowsAttachmentsOnSentItems), nameof(SandboxBehaviour.RefusesSmallUploadSessions)];

    /// <summary>Everything as it is assumed (no name), then each switch turned over.</summary>
    public static TheoryData<string> Switches =>
        ["", .. typeof(SandboxBehaviour).GetProperties().Where(p => p.PropertyType == typeof(bool)).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task A_mailbox_full_of_everything_goes_in_and_comes_out(string turned)
    {
        SandboxBehaviour behaviour = new();
        if (turned.Length > 0)
        {
            PropertyInfo property = typeof(SandboxBehaviour).GetProperty(turned)!;
            property.SetValue(behaviour, !(bool)property.GetValue(behaviour)!);
        }

        using SandboxFixture sandbox = new(behaviour, new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(3) });
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        TargetFolder contacts = await sandbox.OpenAsync(target, "Contacts", FolderRole.Contacts, "IPF.Contact");
        bool attachmentsFollow = turned != nameof(SandboxBehaviour.AllowsAttachmentsOnSentItems);
        HashSet<string> losses = [];
        List<string> copied = [];
        foreach (MapiItem item in Everything(s_large.Contains(turned)))
        {
            string subject = item.Subject;
            bool isContact = item.IsOfClass("IPM.Contact");
            if (subject == "lost answer")
            {
                sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.AfterCommit, StatusCode = null });
            }

            WriteResult result = await sandbox.WriteAsync(target, isContact ? contacts : inbox, item, Items.Provenance(subject));
            if (subject == "large" && !attachmentsFollow)
            {
                Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (result.Fate, result.ReasonId));
                continue;
            }

            Assert.True(result.Fate == ItemFate.Copied, $"{subject}: {result.Fate} {result.ReasonId} {result.Reason}");
            losses.UnionWith(Items.Losses(result.Losses));
            copied.Add(subject);
        }

        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await sandbox.ExportAsync();
        Assert.Equal(copied.OrderBy(s => s, StringComparer.Ordinal), all.Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal));
        string[] expected = s_losses.TryGetValue(turned, out string[]? known) ? known : [];
        Assert.Equal(expected.OrderBy(l => l, StringComparer.Ordinal), losses.OrderBy(l => l, StringComparer.Ordinal));
        foreach ((_, _, MapiItem item) in all.Where(i => i.Item.IsOfClass("IPM.Note")))
        {
            CheckSaid(Everything(true).Single(e => e.Subject == item.Subject), item, losses);
        }

        IItemTarget again = await sandbox.TargetAsync();
        foreach (string subject in copied)
        {
            Assert.True(await sandbox.ContainsAsync(again, Items.Provenance(subject)));
        }
    }

    /// <summary>What differs was said.</summary>
    private static void CheckSaid(MapiItem sent, MapiItem back, HashSet<string> losses)
    {
        MessageFlags told = MessageFlags.Read | MessageFlags.Unsent;
        Assert.True((sent.Flags & told) == (back.Flags & told) || losses.Contains("Field: 0x0E07"), sent.Subject + " " + back.Flags);
        foreach (PropertyTag tag in new[] { PropertyTags.ClientSubmitTime, PropertyTags.MessageDeliveryTime })
        {
            Assert.True(sent.Properties.GetTime(tag) == back.Properties.GetTime(tag) || losses.Contains("Field: " + tag.ToPropertyKey()), tag.ToString());
        }

        foreach (PropertyTag tag in new[]
        {
            PropertyTags.TransportMessageHeaders, PropertyTags.ConversationTopic, PropertyTags.InternetMessageId, PropertyTags.InternetReferences, PropertyTags.InReplyToId,
        })
        {
            Assert.True(
                sent.Properties.GetString(tag) is not string text || text.TrimEnd() == back.Properties.GetString(tag)?.TrimEnd() || losses.Contains("Field: " + tag.ToPropertyKey()),
                tag.ToString());
        }

        Assert.Equal(sent.Properties.GetInt32(PropertyTags.LastVerbExecuted), back.Properties.GetInt32(PropertyTags.LastVerbExecuted) ?? (losses.Contains("Field: 0x1081") ? sent.Properties.GetInt32(PropertyTags.LastVerbExecuted) : null));
        Assert.Equal(sent.Attachments.Count, back.Attachments.Count);
        Assert.Contains("こんにちは", BodyText.ReadHtml(back.Properties), StringComparison.Ordinal);
    }

    private static IEnumerable<MapiItem> Everything(bool large)
    {
        MapiItem read = Items.Mail("read", flags: 0x21, messageId: "<read@contoso.example>");
        PropertyBag p = read.Properties;
        p.Set(PropertyTags.TransportMessageHeaders, "Received: from a by b\r\nX-Y: z\r\n");
        p.Set(PropertyTags.ConversationTopic, "A topic");
        p.Set(PropertyTags.ConversationIndex, Items.Bytes(22));
        p.Set(PropertyTags.InternetReferences, "<a@b> <c@d>");
        p.Set(PropertyTags.InReplyToId, "<c@d>");
        p.Set(PropertyTags.IconIndex, 0x105);
        p.Set(PropertyTags.LastVerbExecuted, 102);
        p.Set(PropertyTags.LastVerbExecutionTime, Items.Sent.AddDays(1));
        p.Set(PropertyNames.Keywords, ["Blau"]);
        p.Set(PropertyTags.FlagStatus, 1);
        yield return read;
        yield return Items.Mail("unread", flags: 0, messageId: "<unread@contoso.example>");
        yield return Items.Mail("draft", flags: 9, messageId: "<draft@contoso.example>");
        MapiItem custom = Items.Mail("custom", messageId: "<custom@contoso.example>");
        custom.Properties.Set(PropertyTags.MessageClass, "IPM.Note.Custom");
        yield return custom;
        yield return Items.Mail("lost answer", messageId: "<lost@contoso.example>");
        yield return Items.Mail("small", messageId: "<small@contoso.example>", attachments: [Items.File("a.png", [1, 2, 3], "img1@x", "image/png")]);
        yield return Items.Mail("embedded", messageId: "<embedded@contoso.example>", attachments: [Items.Embedded("Inner", () => Items.Mail("Inner"))]);
        if (large)
        {
            yield return Items.Mail(
                "large", messageId: "<large@contoso.example>", attachments: [Items.File("a.bin", Items.Bytes(3_050_000)), Items.File("b.bin", Items.Bytes(4_000_000))]);
        }

        yield return Items.Contact([0xFF, 0xD8, 0xFF, 1, 2, 3]);
    }
}
