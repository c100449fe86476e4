using System.Text;
using System.Text.Json;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Json;

public sealed class JsonExportTests
{
    [Fact]
    public void A_document_has_the_promised_names()
    {
        MapiItem item = Mail.Item("件名", null, "<p>本文</p>", Mail.File("a.txt", [1, 2, 3], "id@x", "text/plain"), Mail.Embedded(Mail.Item("inner")));
        item.Properties.Set(PropertyNames.FlagRequest, "Follow up");
        using JsonDocument document = Write(item, new JsonExportOptions { IncludeBinary = true }, out IReadOnlyList<ItemLoss> losses);
        JsonElement root = document.RootElement;

        Assert.Equal(
            ["schema", "folder", "sourceKey", "messageClass", "subject", "from", "sender", "to", "cc", "bcc", "sentTime", "receivedTime", "isRead", "isDraft", "importance", "flagStatus", "categories", "messageId", "body", "attachments", "properties"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("pstmigration-item-1", root.GetProperty("schema").GetString());
        Assert.Equal("pst:01/0x24", root.GetProperty("sourceKey").GetString());
        Assert.Equal("2026-03-01T09:30:00+00:00", root.GetProperty("sentTime").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("receivedTime").ValueKind);
        Assert.Equal("taro@example.jp", root.GetProperty("from").GetProperty("address").GetString());
        Assert.Equal("<p>本文</p>", root.GetProperty("body").GetProperty("html").GetString());
        Assert.Equal("本文\r\n", root.GetProperty("body").GetProperty("text").GetString());
        Assert.Equal("件名", root.GetProperty("properties").GetProperty("PidTagSubject").GetString());
        Assert.Equal("Follow up", root.GetProperty("properties").GetProperty("PidLidFlagRequest").GetString());
        JsonElement file = root.GetProperty("attachments")[0];
        Assert.Equal("AQID", file.GetProperty("content").GetString());
        Assert.Equal("text/plain", file.GetProperty("contentType").GetString());
        Assert.Equal("inner", root.GetProperty("attachments")[1].GetProperty("item").GetProperty("subject").GetString());
        Assert.Empty(losses);
    }

    [Fact]
    public void Binary_values_are_named_where_they_are_left_out()
    {
        MapiItem item = Mail.Item("a", "b", null, Mail.File("a.txt", [1, 2, 3]));
        item.Properties.Set(PropertyTags.SearchKey, [1, 2]);
        using JsonDocument document = Write(item, null, out IReadOnlyList<ItemLoss> losses);

        Assert.Equal(["PidTagSearchKey"], document.RootElement.GetProperty("omittedProperties").EnumerateArray().Select(e => e.GetString()));
        Assert.False(document.RootElement.GetProperty("attachments")[0].TryGetProperty("content", out _));
        Assert.Equal([new ItemLoss(LossKind.Attachment, "a.txt"), new ItemLoss(LossKind.Field, "Binary")], losses);
    }

    [Fact]
    public void Every_type_has_a_form()
    {
        PropertyBag p = new();
        Guid set = new("11111111-2222-3333-4444-555555555555");
        p[new PropertyName(set, "time")] = PropertyValue.FromTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 600, TimeSpan.Zero));
        p[new PropertyName(set, "noTime")] = PropertyValue.FromBits(PropertyType.Time, -1);
        p[new PropertyName(set, "money")] = PropertyValue.FromBits(PropertyType.Currency, 12345);
        p[new PropertyName(set, "nan")] = PropertyValue.FromDouble(double.NaN);
        p[new PropertyName(set, "double")] = PropertyValue.FromDouble(1.5);
        p[new PropertyName(set, "guid")] = PropertyValue.FromGuid(set);
        p[new PropertyName(set, "half")] = PropertyValue.FromString("a\uD800b\u0001");
        p[new PropertyName(set, "numbers")] = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, new long[] { 1, -2 });
        p[new PropertyName(set, "NUMBERS")] = PropertyValue.FromInt64(long.MaxValue);
        p[new PropertyName(set, 0x8001)] = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new byte[][] { [1], [] });
        p[new PropertyKey(0x7FF0)] = PropertyValue.FromBoolean(true);
        using JsonDocument document = Write(new MapiItem(p), new JsonExportOptions { IncludeBinary = true }, out _);
        JsonElement properties = document.RootElement.GetProperty("properties");

        string prefix = set.ToString("B") + "/";
        Assert.Equal("2026-01-02T03:04:05.6+00:00", properties.GetProperty(prefix + "time").GetString());
        Assert.Equal(-1, properties.GetProperty(prefix + "noTime").GetInt64());
        Assert.Equal(1.2345m, properties.GetProperty(prefix + "money").GetDecimal());
        Assert.Equal("NaN", properties.GetProperty(prefix + "nan").GetString());
        Assert.Equal(1.5, properties.GetProperty(prefix + "double").GetDouble());
        Assert.Equal(set, properties.GetProperty(prefix + "guid").GetGuid());
        Assert.Equal("a\uFFFDb\u0001", properties.GetProperty(prefix + "half").GetString());
        Assert.Equal([1, -2], properties.GetProperty(prefix + "numbers").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(long.MaxValue, properties.GetProperty(prefix + "NUMBERS (2)").GetInt64());
        Assert.Equal(["AQ==", ""], properties.GetProperty(prefix + "0x8001").EnumerateArray().Select(e => e.GetString()));
        Assert.True(properties.GetProperty("0x7FF0000B").GetBoolean());
    }

    /// <summary>What is stored is shown: people do not need a name that repeats the address, programs do.</summary>
    [Fact]
    public void A_name_that_repeats_the_address_is_kept()
    {
        MapiItem item = Mail.Item("a", "b");
        item.Properties.Set(PropertyTags.SentRepresentingName, "taro@example.jp");
        item.Properties.Set(PropertyTags.SenderName, "'Taro@example.jp'");
        item.Properties.Set(PropertyTags.SenderAddressType, "SMTP");
        item.Properties.Set(PropertyTags.SenderEmailAddress, "taro@example.jp");
        using JsonDocument document = Write(item, null, out _);

        Assert.Equal("taro@example.jp", document.RootElement.GetProperty("from").GetProperty("name").GetString());
        Assert.Equal("taro@example.jp", document.RootElement.GetProperty("from").GetProperty("address").GetString());
        Assert.Equal("'Taro@example.jp'", document.RootElement.GetProperty("sender").GetProperty("name").GetString());
        Assert.StartsWith("From: taro@example.jp", Heading(item), StringComparison.Ordinal);
        Assert.DoesNotContain("Sender:", Heading(item), StringComparison.Ordinal);
    }

    /// <summary>One id with two types is two properties: 0x6619001F is no entry id, and a rule stream is not who called.</summary>
    [Fact]
    public void A_name_goes_with_its_type()
    {
        PropertyBag p = new();
        p[new PropertyKey(0x6619)] = PropertyValue.FromString("text");
        p[new PropertyKey(0x6610)] = PropertyValue.FromInt32(1);
        p[new PropertyKey(0x6802)] = PropertyValue.FromBinary([1]);
        p[new PropertyKey(0x6805)] = PropertyValue.FromBoolean(true);
        p[new PropertyKey(0x0070)] = PropertyValue.FromString("topic", PropertyType.String8);
        using JsonDocument document = Write(new MapiItem(p), new JsonExportOptions { IncludeBinary = true }, out _);

        Assert.Equal(
            ["0x66100003", "0x6619001F", "0x6805000B", "PidTagConversationTopic", "PidTagRwRulesStream"],
            document.RootElement.GetProperty("properties").EnumerateObject().Select(e => e.Name).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public void Items_in_items_end()
    {
        MapiItem item = Mail.Item("0");
        for (int i = 1; i < 40; i++)
        {
            item = Mail.Item(i.ToString(System.Globalization.CultureInfo.InvariantCulture), "t", null, Mail.Embedded(item));
        }

        using JsonDocument document = Write(item, null, out IReadOnlyList<ItemLoss> losses);

        Assert.Contains(losses, l => l.Kind == LossKind.NestedAttachment);
    }

    private static string Heading(MapiItem item)
    {
        using MemoryStream stream = new();
        TextExport.Write(item, stream);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF');
    }

    private static JsonDocument Write(MapiItem item, JsonExportOptions? options, out IReadOnlyList<ItemLoss> losses)
    {
        using MemoryStream stream = new();
        losses = JsonExport.Write(item, stream, FolderPath.Parse("受信トレイ"), new ItemKey("pst:01", "0x24"), options);
        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()), new JsonDocumentOptions { MaxDepth = 200 });
    }
}
