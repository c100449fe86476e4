using System.Text;
using System.Text.Json;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Serialization.Json;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Mapping;

public sealed class MessagePlanTests
{
    private readonly ItemProvenance _provenance = Items.Provenance();

    [Fact]
    public void A_received_message_is_written_whole()
    {
        MapiItem item = Items.Mail(flags: 0x31);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.Importance, 2);
        p.Set(PropertyNames.Keywords, ["Blue", "Red"]);
        p.Set(PropertyTags.TransportMessageHeaders, "Received: from a by b\r\n");
        p.Set(PropertyTags.ConversationTopic, "Hello");
        p.Set(PropertyTags.ConversationIndex, new byte[] { 1, 2, 3 });
        p.Set(PropertyTags.InternetReferences, "<a@b>");
        p.Set(PropertyTags.InReplyToId, "<c@d>");
        p.Set(PropertyTags.LastVerbExecuted, 102);
        p.Set(PropertyTags.LastVerbExecutionTime, Items.Sent.AddDays(1));
        p.Set(PropertyTags.Sensitivity, 2);

        MessagePlan plan = Plan(item);
        Message message = plan.Message;

        Assert.Equal("Hello", message.Subject);
        Assert.Equal(BodyType.Html, message.Body!.ContentType);
        Assert.Contains("こんにちは", message.Body.Content, StringComparison.Ordinal);
        Assert.Equal("anna@contoso.example", message.From!.EmailAddress!.Address);
        Assert.Equal("anna@contoso.example", message.Sender!.EmailAddress!.Address);
        Assert.Equal("bernd@contoso.example", Assert.Single(message.ToRecipients!).EmailAddress!.Address);
        Assert.Equal("千尋", Assert.Single(message.CcRecipients!).EmailAddress!.Name);
        Assert.Equal(Importance.High, message.Importance);
        Assert.Equal(["Blue", "Red"], message.Categories!);
        Assert.True(message.IsRead);
        Assert.Equal("1", Extended(message, "Integer 0x0E07"));
        Assert.Equal("2009-03-01T10:20:30Z", Extended(message, "SystemTime 0x0039"));
        Assert.Equal("2009-03-01T10:20:45Z", Extended(message, "SystemTime 0x0E06"));
        Assert.Equal("Received: from a by b\r\n", Extended(message, "String 0x007D"));
        Assert.Equal("AQID", Extended(message, "Binary 0x0071"));
        Assert.Equal("Hello", Extended(message, "String 0x0070"));
        Assert.Equal(p.GetString(PropertyTags.InternetMessageId), Extended(message, "String 0x1035"));
        Assert.Equal("<a@b>", Extended(message, "String 0x1039"));
        Assert.Equal("<c@d>", Extended(message, "String 0x1042"));
        Assert.Equal("102", Extended(message, "Integer 0x1081"));
        Assert.Equal("2009-03-02T10:20:30Z", Extended(message, "SystemTime 0x1082"));
        Assert.Equal("2", Extended(message, "Integer 0x0036"));
        Assert.Equal("Anna", Extended(message, "String 0x0042"));
        Assert.Equal(_provenance.Marker!.Value.Value, Extended(message, "String {00020329-0000-0000-C000-000000000046} Name PstMigrationMarker"));
        Assert.Empty(plan.Losses);
        Assert.Empty(plan.Following);
    }

    [Theory]
    [InlineData(0x00, "4")] // unread
    [InlineData(0x01, "1")] // read
    [InlineData(0x22, "4")] // unread, from me
    [InlineData(0x08, "8")] // unread draft
    [InlineData(0x09, "9")] // read draft
    public void Only_a_draft_becomes_a_draft(int flags, string written) =>
        Assert.Equal(written, Extended(Plan(Items.Mail(flags: flags)).Message, "Integer 0x0E07"));

    [Fact]
    public void Html_in_rtf_is_sent_as_html_and_its_pictures_stay_in_it()
    {
        MapiItem item = Items.Mail(attachments: Items.File("image001.png", Items.Bytes(10), "image001.png@01", "image/png"));
        SetBodies(item, "Please look: [cid:image001.png@01]\r\n", @"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}Please look: {\*\htmltag84 <img src=""cid:image001.png@01"">}{\*\htmltag72 </p>}}");

        MessagePlan plan = Plan(item);

        Assert.Equal((BodyType.Html, "<p>Please look: <img src=\"cid:image001.png@01\"></p>"), (plan.Message.Body!.ContentType!.Value, plan.Message.Body.Content));
        Assert.True(Assert.Single(plan.Inside).IsInline);
        Assert.Empty(plan.Losses);
    }

    [Fact]
    public void A_form_of_the_body_that_says_something_else_is_a_loss()
    {
        MapiItem rtf = Items.Mail();
        SetBodies(rtf, "For evaluation only. Dear Sirs, the offer is attached.", @"{\rtf1\ansi\fromhtml1 <p>Dear Sirs, the offer is attached.</p>}");
        MapiItem text = Items.Mail();
        SetBodies(text, "Something else, in other words.", @"{\rtf1\ansi\fromhtml1 <p>Dear Sirs, the offer is attached.</p>}");
        MapiItem contact = Items.Contact();
        SetBodies(contact, "Something else, in other words.", @"{\rtf1\ansi Met in {\b Kyoto}.}");

        Assert.Equal((BodyType.Html, "Body: Text"), (Plan(rtf).Message.Body!.ContentType!.Value, string.Join("|", Items.Losses(Plan(rtf).Losses))));
        Assert.Equal((BodyType.Text, "Body: Rtf"), (Plan(text).Message.Body!.ContentType!.Value, string.Join("|", Items.Losses(Plan(text).Losses))));
        LossList losses = new();
        Assert.Equal("Something else, in other words.", new ContactWriter(MessageDetail.Full, losses).Write(contact, null).PersonalNotes);
        Assert.Contains("Body: Rtf", Items.Losses(losses.ToList()));
    }

    [Fact]
    public void An_exchange_name_is_never_made_into_an_address()
    {
        MapiItem item = Items.Mail();
        item.Recipients.Add(Items.Recipient(RecipientKind.To, "Dora", "/o=Contoso/ou=First/cn=Recipients/cn=dora", "EX"));

        MessagePlan plan = Plan(item);

        EmailAddress dora = plan.Message.ToRecipients![1].EmailAddress!;
        Assert.Equal(("Dora", "unresolved@ex.invalid"), (dora.Name, dora.Address));
        Assert.Equal(["AddressUnresolved: To 2"], Items.Losses(plan.Losses));
    }

    [Fact]
    public void A_lost_recipient_table_leaves_the_names()
    {
        MapiItem item = Items.Mail();
        item.Recipients.Clear();
        item.Properties.Set(PropertyTags.DisplayTo, "Bernd; chihiro@contoso.example");

        MessagePlan plan = Plan(item);

        Assert.Equal(["unresolved@ex.invalid", "chihiro@contoso.example"], plan.Message.ToRecipients!.Select(r => r.EmailAddress!.Address!));
        Assert.Equal(["AddressUnresolved: To 1"], Items.Losses(plan.Losses));
    }

    [Fact]
    public void Reply_to_holds_valid_addresses_only()
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write(
        [
            new OneOffEntryId("List", "SMTP", "list@contoso.example").ToArray(),
            new OneOffEntryId("Bad", "SMTP", "not an address").ToArray(),
            new OneOffEntryId("Dora", "EX", "/o=x").ToArray(),
        ]));

        MessagePlan plan = Plan(item);

        Assert.Equal("list@contoso.example", Assert.Single(plan.Message.ReplyTo!).EmailAddress!.Address);
        Assert.Equal(["AddressUnresolved: Reply-To"], Items.Losses(plan.Losses));
    }

    [Fact]
    public void A_long_subject_is_kept_beside_the_short_one()
    {
        string subject = string.Concat(Enumerable.Repeat("長い件名😀", 80));

        MessagePlan plan = Plan(Items.Mail(subject));

        Assert.InRange(plan.Message.Subject!.Length, 250, 255);
        Assert.StartsWith(plan.Message.Subject, subject, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(plan.Message.Subject[^1]));
        Assert.Equal(subject, Extended(plan.Message, "String {5E2B7C1D-3F0A-4C7E-9B51-6D1F0C4A8E37} Name Subject"));
        Assert.Equal(["TextChanged: Subject"], Items.Losses(plan.Losses));
    }

    [Fact]
    public void Outlooks_prefix_length_and_controls_are_no_part_of_the_subject() =>
        Assert.Equal("Re: x\uFFFDy", Plan(Items.Mail("\u0001\u0005Re: x\0\uD800y")).Message.Subject);

    [Fact]
    public void Receipts_are_disarmed_and_said()
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(PropertyTags.ReadReceiptRequested, true);
        item.Properties.Set(new PropertyKey(0x0023), true);

        MessagePlan plan = Plan(item);

        Assert.NotEqual(true, plan.Message.IsReadReceiptRequested);
        Assert.NotEqual(true, plan.Message.IsDeliveryReceiptRequested);
        Assert.Null(Extended(plan.Message, "Boolean 0x0029"));
        Assert.Null(Extended(plan.Message, "Boolean 0x0023"));
        Assert.Equal(["ReceiptDisarmed: ReadReceipt", "ReceiptDisarmed: DeliveryReport"], Items.Losses(plan.Losses));
    }

    [Theory]
    [InlineData("IPM.Note.Custom", "IPM.Note.Custom", "")]
    [InlineData("REPORT.IPM.Note.NDR", "REPORT.IPM.Note.NDR", "")]
    [InlineData("IPM.Post", "IPM.Post", "")]
    [InlineData("IPM.Schedule.Meeting.Request", null, "MessageClass: IPM.Schedule.Meeting.Request")]
    [InlineData("IPM.Note.SMIME.MultipartSigned", "IPM.Note.SMIME.MultipartSigned", "Signature: IPM.Note.SMIME.MultipartSigned")]
    public void Classes_travel_but_for_meetings(string messageClass, string? written, string losses)
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(PropertyTags.MessageClass, messageClass);

        MessagePlan plan = Plan(item);

        Assert.Equal(written, Extended(plan.Message, "String 0x001A"));
        Assert.Equal(losses, string.Join(", ", Items.Losses(plan.Losses)));
    }

    [Fact]
    public void Named_properties_travel_within_limits_and_the_rest_is_said()
    {
        MapiItem item = Items.Mail();
        PropertyBag p = item.Properties;
        PropertyName small = new(new Guid("11111111-2222-3333-4444-555555555555"), "Project");
        PropertyName large = new(PropertySets.Common, 0x8888);
        PropertyName many = new(PropertySets.PublicStrings, "Tags");
        p.Set(small, "Apollo");
        p.Set(large, Items.Bytes(100_000));
        p.Set(many, ["a", "b"]);
        p.Set(PropertyNames.FlagRequest, "Follow up");
        p.Set(new PropertyKey(0x6801), 17);
        p.Set(new PropertyKey(0x0E2F), 17);
        p[new PropertyName(PropertySets.Common, 0x8889)] = PropertyValue.FromBits(PropertyType.Time, long.MaxValue);

        MessagePlan plan = Plan(item);

        Assert.Equal("Apollo", Extended(plan.Message, "String {11111111-2222-3333-4444-555555555555} Name Project"));
        Assert.Equal("17", Extended(plan.Message, "Integer 0x6801"));
        Assert.Equal("Follow up", Extended(plan.Message, "String {00062008-0000-0000-C000-000000000046} Id 0x8530"));
        MultiValueLegacyExtendedProperty tags = Assert.Single(plan.Message.MultiValueExtendedProperties!);
        Assert.Equal("StringArray {00020329-0000-0000-C000-000000000046} Name Tags", tags.Id);
        Assert.Equal(["a", "b"], tags.Value!);
        Assert.Equal(
            ["NamedProperties: {00062008-0000-0000-c000-000000000046} Id 0x8888", "NamedProperties: {00062008-0000-0000-c000-000000000046} Id 0x8889"],
            Items.Losses(plan.Losses).OrderBy(l => l, StringComparer.Ordinal));
    }

    [Fact]
    public void The_essential_message_has_dates_flags_and_marker_and_says_what_is_left_out()
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(new PropertyName(PropertySets.PublicStrings, "X"), "1");
        item.Properties.Set(PropertyTags.ConversationTopic, "t");

        MessagePlan plan = MessagePlan.Create(item, _provenance, MessageDetail.Essential, Measure);

        Assert.Equal("2009-03-01T10:20:30Z", Extended(plan.Message, "SystemTime 0x0039"));
        Assert.Equal("1", Extended(plan.Message, "Integer 0x0E07"));
        Assert.NotNull(Extended(plan.Message, Provenance.MarkerId));
        Assert.Null(Extended(plan.Message, "String 0x0070"));
        Assert.Contains("Field: 0x0070", Items.Losses(plan.Losses));
        Assert.Contains("NamedProperties: {00020329-0000-0000-c000-000000000046} Name X", Items.Losses(plan.Losses));
    }

    [Fact]
    public void Small_attachments_go_into_the_create_and_large_ones_follow()
    {
        MapiItem item = Items.Mail(attachments:
        [
            Items.File("a.bin", Items.Bytes(1_000_000)),
            Items.File("b.bin", Items.Bytes(2_000_000)),
            Items.File("c.bin", Items.Bytes(10)),
            Items.File("d.bin", Items.Bytes(5_000_000)),
        ]);

        MessagePlan plan = Plan(item);

        Assert.Equal(["a.bin", "c.bin"], plan.Inside.Select(a => a.Name));
        Assert.Equal(["b.bin", "d.bin"], plan.Following.Select(a => a.Name));
        Assert.True(plan.Following[0].FitsJson);
        Assert.False(plan.Following[1].FitsJson);
        Assert.Equal("4", Extended(plan.Message, Provenance.AttachmentCountId));
        Assert.True(Measure(plan.Message) < 4_000_000);
        Assert.Empty(plan.Losses);
    }

    [Fact]
    public void What_cannot_be_attached_is_said_by_name()
    {
        MapiItem inner = Items.Mail("Inner", attachments: [Items.File("deep.txt", [1])]);
        MapiAttachment ole = Items.File("Chart", [1, 2]);
        ole.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        MapiAttachment link = Items.File("link.url", []);
        link.Properties.Remove(PropertyTags.AttachDataBinary);
        link.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReference);
        link.Properties.Set(PropertyTags.AttachLongPathname, @"\\server\share\x");
        PropertyBag huge = new();
        huge.Set(PropertyTags.AttachMethod, 1);
        huge.Set(PropertyTags.AttachLongFilename, "huge.bin");
        huge[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new HugeSource());
        MapiItem item = Items.Mail(attachments: [Items.Embedded("Inner", () => inner), ole, link, new MapiAttachment(huge)]);

        MessagePlan plan = Plan(item);

        Assert.Equal(["Inner", "Chart"], plan.Inside.Select(a => a.Name));
        Message embedded = Assert.IsType<Message>(Assert.IsType<ItemAttachment>(plan.Message.Attachments![0]).Item);
        Assert.Equal("Inner", embedded.Subject);
        Assert.Null(embedded.Attachments);
        Assert.Equal("1", Extended(embedded, "Integer 0x0E07"));
        Assert.Null(Extended(embedded, Provenance.MarkerId));
        Assert.Equal(
            ["NestedAttachment: Inner/deep.txt", "OleObject: Chart", "AttachmentByReference: link.url", "AttachmentTooLarge: huge.bin"],
            Items.Losses(plan.Losses));
    }

    [Fact]
    public void Pictures_of_the_body_are_inline()
    {
        MapiItem item = Items.Mail(attachments: [Items.File("a.png", [1], "<img1@x>", "image/png"), Items.File("b.png", [1], "other@x")]);
        item.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<img src='cid:img1@x'>"));

        List<Attachment> attachments = Plan(item).Message.Attachments!;

        FileAttachment shown = Assert.IsType<FileAttachment>(attachments[0]);
        Assert.Equal((true, "img1@x", "image/png"), (shown.IsInline, shown.ContentId, shown.ContentType));
        Assert.False(attachments[1].IsInline);
    }

    [Fact]
    public void A_body_too_large_for_any_request_becomes_a_file()
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(PropertyTags.Body, "short form");
        item.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<p>" + new string('x', 4_000_000) + "</p>"));

        MessagePlan plan = Plan(item);

        Assert.Equal("short form", plan.Message.Body!.Content);
        Assert.Equal("body.html", Assert.Single(plan.Following).Name);
        Assert.Equal(4_000_007, plan.Following[0].Content!.Length);
        Assert.Equal(["TextChanged: Body"], Items.Losses(plan.Losses));
    }

    [Fact]
    public void A_flag_travels_with_its_dates()
    {
        MapiItem item = Items.Mail();
        item.Properties.Set(PropertyTags.FlagStatus, 2);
        item.Properties.Set(new PropertyName(PropertySets.Task, 0x8105), Items.Sent);

        FollowupFlag flag = Plan(item).Message.Flag!;

        Assert.Equal(FollowupFlagStatus.Flagged, flag.FlagStatus);
        Assert.Equal(("2009-03-01T10:20:30.0000000", "UTC"), (flag.DueDateTime!.DateTime, flag.DueDateTime.TimeZone));
        Assert.NotNull(flag.StartDateTime);
    }

    internal static long Measure(OutlookItem model)
    {
        using JsonSerializationWriter writer = new();
        writer.WriteObjectValue(null, model);
        using System.IO.Stream stream = writer.GetSerializedContent();
        return stream.Length;
    }

    private static string? Extended(Message message, string id) => message.SingleValueExtendedProperties!.SingleOrDefault(p => p.Id == id)?.Value;

    private static void SetBodies(MapiItem item, string text, string rtf)
    {
        PropertyBag p = item.Properties;
        p.Remove(PropertyTags.NativeBody);
        p.Remove(PropertyTags.BodyHtml);
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(rtf)));
    }

    private MessagePlan Plan(MapiItem item) => MessagePlan.Create(item, _provenance, MessageDetail.Full, Measure);

    private sealed class HugeSource : BinarySource
    {
        public override long? Length => 200_000_000;

        public override System.IO.Stream OpenRead() => throw new InvalidOperationException("Never opened.");
    }
}
