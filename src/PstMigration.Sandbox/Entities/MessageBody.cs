using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>The body of a message (resources/itembody): HTML bytes or text are stored, the other is made from it.</summary>
internal static class MessageBody
{
    private const int PreviewLength = 255;
    private const long TextIsNative = 1;
    private const long HtmlIsNative = 3;
    private const long Utf8 = 65001;

    /// <summary>Sets a body as it was sent; <see cref="MessageCreation"/> normalises HTML.</summary>
    public static void Read(JsonElement value, MailItem item)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        string content = "";
        string? type = null;
        foreach (JsonProperty property in Json.Object(value, "body"))
        {
            switch (property.Name)
            {
                case "content":
                    content = Json.Text(property.Value, "content") ?? "";
                    break;
                case "contentType":
                    type = Json.Text(property.Value, "contentType");
                    break;
                default:
                    Json.Unknown(property, "itemBody");
                    break;
            }
        }

        bool html = string.Equals(type, "html", StringComparison.OrdinalIgnoreCase);
        if (!html && type is not null && !string.Equals(type, "text", StringComparison.OrdinalIgnoreCase))
        {
            throw Json.Mismatch("contentType", "text or html");
        }

        Set(item, content, html);
    }

    /// <summary>Stores a body.</summary>
    public static void Set(MailItem item, string content, bool html)
    {
        item.Properties.Set(Tags.Html, html ? Encoding.UTF8.GetBytes(content) : null);
        item.Properties.Set(Tags.Body, html ? HtmlText.From(content) : content);
        item.Properties.Set(Tags.Codepage, html ? Utf8 : null);
        item.Properties.Set(Tags.NativeBody, html ? HtmlIsNative : TextIsNative);
    }

    /// <summary>The HTML, or null for a text body.</summary>
    public static string? Html(MailItem item)
    {
        if (item.Properties.GetBinary(Tags.Html) is not byte[] bytes)
        {
            return null;
        }

        return (CodePages.Find((int)(item.Properties.GetNumber(Tags.Codepage) ?? Utf8)) ?? Encoding.UTF8).GetString(bytes);
    }

    /// <summary>The text.</summary>
    public static string Text(MailItem item) =>
        item.Properties.GetString(Tags.Body) ?? (Html(item) is string html ? HtmlText.From(html) : "");

    /// <summary>The first 255 characters of the text.</summary>
    public static string Preview(MailItem item)
    {
        string text = Text(item).Trim();
        int length = Math.Min(PreviewLength, text.Length);
        return text.Substring(0, length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }

    public static void Write(Utf8JsonWriter writer, string name, MailItem item, bool asText)
    {
        string? html = asText ? null : Html(item);
        writer.WriteStartObject(name);
        writer.WriteString("contentType", html is null ? "text" : "html");
        writer.WriteString("content", html ?? Text(item));
        writer.WriteEndObject();
    }
}
