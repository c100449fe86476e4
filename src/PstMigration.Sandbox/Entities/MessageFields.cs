using System.Text;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The properties of a message (resources/message): each a view of what is stored.</summary>
internal static class MessageFields
{
    private static readonly FieldFactory<MailItem> s_of = new(i => i);

    /// <summary>What a message has.</summary>
    public static readonly FieldSet<MailItem> All = new(
        "message",
        [
            s_of.Time("createdDateTime", i => i.Created),
            s_of.Time("lastModifiedDateTime", i => i.Modified),
            new("changeKey", (_, w, i) => w.WriteString("changeKey", Change.Key(i.ChangeNumber))),
            s_of.Texts("categories", Tags.Keywords),
            s_of.Time("receivedDateTime", i => i.Received),
            s_of.Time("sentDateTime", i => i.Properties.GetNumber(Tags.SentTime)),
            new("hasAttachments", (_, w, i) => w.WriteBoolean("hasAttachments", i.AttachmentCount > 0)),
            s_of.Text("internetMessageId", Tags.InternetMessageId),
            s_of.Title("subject", Tags.Subject),
            new("bodyPreview", (_, w, i) => w.WriteString("bodyPreview", MessageBody.Preview(i))),
            s_of.Importance(),
            new("parentFolderId", (c, w, i) => w.WriteString("parentFolderId", c.FolderId(i.Folder))),
            new("conversationId", (c, w, i) => w.WriteString("conversationId", Conversation.Id(i, c.Store.MailboxGuid))),
            new("conversationIndex", WriteConversationIndex),
            s_of.Flag("isDeliveryReceiptRequested", Tags.DeliveryReceiptRequested),
            s_of.Flag("isReadReceiptRequested", Tags.ReadReceiptRequested),
            new("isRead", (_, w, i) => w.WriteBoolean("isRead", i.IsRead), (v, i) => i.IsRead = v.ValueKind == JsonValueKind.Null ? i.IsRead : Json.Boolean(v, "isRead")),
            new("isDraft", (_, w, i) => w.WriteBoolean("isDraft", i.IsDraft)),
            new("webLink", (c, w, i) => w.WriteString("webLink", "https://outlook.office365.com/owa/?ItemID=" + Uri.EscapeDataString(c.ItemId(i)) + "&exvsurl=1&viewmodel=ReadMessageItem")),
            new("inferenceClassification", (_, w, _) => w.WriteString("inferenceClassification", "focused"), (v, _) => Json.Text(v, "inferenceClassification")),
            new("body", (c, w, i) => MessageBody.Write(w, "body", i, c.TextBodies), MessageBody.Read),
            new("uniqueBody", (c, w, i) => MessageBody.Write(w, "uniqueBody", i, c.TextBodies)) { ByDefault = false },
            new("sender", (_, w, i) => PeopleJson.WriteAuthor(w, "sender", i, PeopleJson.Sender), (v, i) => PeopleJson.ReadAuthor(v, "sender", i, PeopleJson.Sender)),
            new("from", (_, w, i) => PeopleJson.WriteAuthor(w, "from", i, PeopleJson.From), (v, i) => PeopleJson.ReadAuthor(v, "from", i, PeopleJson.From)),
            People("toRecipients", PersonKind.To),
            People("ccRecipients", PersonKind.Cc),
            People("bccRecipients", PersonKind.Bcc),
            People("replyTo", PersonKind.ReplyTo),
            new("flag", FollowUp.Write, FollowUp.Read),
            new("internetMessageHeaders", InternetHeaders.Write, InternetHeaders.Read) { ByDefault = false },
        ],
        "attachments",
        "extensions",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    /// <summary>What <c>$filter</c> and <c>$orderby</c> may name.</summary>
    public static readonly IReadOnlyDictionary<string, FilterTarget> Filters = new Dictionary<string, FilterTarget>
    {
        ["receivedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.received"),
        ["createdDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.created"),
        ["lastModifiedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.modified"),
        ["sentDateTime"] = FilterTarget.OfProperty(Tags.SentTime),
        ["isRead"] = FilterTarget.OfColumn(ExtendedType.Boolean, "((i.flags & 1) <> 0)"),
        ["isDraft"] = FilterTarget.OfColumn(ExtendedType.Boolean, "((i.flags & 8) <> 0)"),
        ["hasAttachments"] = FilterTarget.OfColumn(ExtendedType.Boolean, "(i.attachments > 0)"),
        ["subject"] = FilterTarget.OfProperty(Tags.Subject),
        ["internetMessageId"] = FilterTarget.OfProperty(Tags.InternetMessageId),
        ["importance"] = FilterTarget.OfProperty(Tags.Importance) with { Names = Members.Importance },
        ["flag/flagStatus"] = FilterTarget.OfProperty(Tags.FlagStatus) with { Names = FollowUp.Statuses },
        ["from/emailAddress/address"] = FilterTarget.OfProperty(Tags.FromSmtp),
        ["from/emailAddress/name"] = FilterTarget.OfProperty(Tags.FromName),
        ["sender/emailAddress/address"] = FilterTarget.OfProperty(Tags.SenderSmtp),
        ["categories"] = FilterTarget.OfProperty(Tags.Keywords) with { IsCollection = true },
    };

    /// <summary>What the rule of 2026-12-31 guards on messages that are no drafts (Mail-Advanced permissions).</summary>
    public static readonly IReadOnlyCollection<string> Guarded = new HashSet<string>(StringComparer.Ordinal)
    {
        "subject", "body", "uniqueBody", "from", "sender", "toRecipients", "ccRecipients", "bccRecipients", "replyTo", "internetMessageId",
        "internetMessageHeaders",
    };

    /// <summary>The same things as extended properties.</summary>
    public static readonly IReadOnlyList<ExtendedPropertyId> GuardedTags =
        [Tags.Subject, Tags.Body, Tags.Html, Tags.InternetMessageId, Tags.TransportHeaders, .. PeopleJson.From, .. PeopleJson.Sender];

    private static Field<MailItem> People(string name, PersonKind kind) => new(
        name, (_, w, i) => PeopleJson.Write(w, name, i.GetPeople(kind)), (v, i) => i.SetPeople(kind, PeopleJson.Read(v, name)));

    private static void WriteConversationIndex(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        if (item.Properties.GetBinary(Tags.ConversationIndex) is byte[] index)
        {
            writer.WriteBase64String("conversationIndex", index);
        }
        else
        {
            writer.WriteNull("conversationIndex");
        }
    }
}
