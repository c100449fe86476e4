using System.Text.Encodings.Web;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes an item as one JSON document (RFC 8259, UTF-8 without a byte order mark, indented). The names are a promise, see
/// docs/formats.md; <see cref="Schema"/> changes when one of them changes its meaning. Times are ISO 8601 with an offset, in UTC.
/// </summary>
public static class JsonExport
{
    /// <summary>The value of <c>schema</c> in every document.</summary>
    public const string Schema = "pstmigration-item-1";

    private const int MaximumDepth = 16;

    // The text goes into files, not into HTML: Japanese stays readable.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an item. The stream stays open.</summary>
    /// <param name="item">The item.</param>
    /// <param name="target">Where to.</param>
    /// <param name="folder">The folder it is in; null where there is none.</param>
    /// <param name="key">Where it comes from; null where unknown.</param>
    /// <param name="options">What to write.</param>
    /// <returns>What the document does not hold.</returns>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, FolderPath? folder = null, ItemKey? key = null, JsonExportOptions? options = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        LossList losses = new();
        using (Utf8JsonWriter json = new(target, s_options))
        {
            new ItemWriter(json, options ?? new JsonExportOptions(), losses).Write(item, folder, key, 0);
        }

        target.WriteByte((byte)'\n');
        return losses.ToList();
    }

    private sealed class ItemWriter(Utf8JsonWriter json, JsonExportOptions options, LossList losses)
    {
        public void Write(MapiItem item, FolderPath? folder, ItemKey? key, int depth)
        {
            losses.AddAll(item.Losses);
            ItemHeading heading = ItemHeading.Of(item);
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            if (folder is not null)
            {
                json.WriteString("folder", WellFormedText.Of(folder.ToString()));
            }

            if (key is ItemKey source)
            {
                json.WriteString("sourceKey", WellFormedText.Of(source.ToString()));
            }

            json.WriteString("messageClass", WellFormedText.Of(item.MessageClass));
            json.WriteString("subject", WellFormedText.Of(item.Subject));
            WriteParty("from", heading.Author);
            WriteParty("sender", heading.Sender);
            WriteParties("to", heading.To);
            WriteParties("cc", heading.Cc);
            WriteParties("bcc", heading.Bcc);
            JsonText.WriteTime(json, "sentTime", heading.SentTime);
            JsonText.WriteTime(json, "receivedTime", heading.ReceivedTime);
            json.WriteBoolean("isRead", (item.Flags & MessageFlags.Read) != 0);
            json.WriteBoolean("isDraft", (item.Flags & MessageFlags.Unsent) != 0);
            json.WriteString("importance", heading.Importance);
            json.WriteString("flagStatus", heading.FlagStatus);
            json.WriteStartArray("categories");
            foreach (string category in heading.Categories)
            {
                json.WriteStringValue(WellFormedText.Of(category));
            }

            json.WriteEndArray();
            json.WriteString("messageId", WellFormedText.Of(heading.MessageId));
            ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = options.IncludeBinary });
            WriteBody(body);
            WriteAttachments(heading, depth);
            JsonProperties properties = new(json, options, losses);
            properties.Write("properties", item.Properties, body.Differing == BodyFormat.Text ? JsonProperties.Html : JsonProperties.Bodies);
            json.WriteEndObject();
        }

        private void WriteBody(ItemBody body)
        {
            json.WriteStartObject("body");
            json.WriteString("format", body.Native.ToString());
            WriteBody("text", body.ToPlainText());
            WriteBody("html", body.Html);
            json.WriteEndObject();
            if (body.Native == BodyFormat.Rtf)
            {
                losses.Add(LossKind.RtfFidelity);
            }

            // A text that says something else is among the properties, and so is RTF where binary ones are.
            if (body.Differing != BodyFormat.Text && !(body.Differing == BodyFormat.Rtf && options.IncludeBinary))
            {
                losses.AddAll(body);
            }
        }

        private void WriteBody(string name, string? text)
        {
            bool isTooLong = text?.Length > JsonProperties.MaximumValue;
            json.WriteString(name, text is null || isTooLong ? null : WellFormedText.Of(text));
            if (isTooLong)
            {
                losses.Add(LossKind.Field, "Body");
            }
        }

        private void WriteAttachments(ItemHeading heading, int depth)
        {
            json.WriteStartArray("attachments");
            foreach (ShownAttachment attachment in heading.Attachments)
            {
                MapiAttachment source = attachment.Source;
                json.WriteStartObject();
                json.WriteString("name", WellFormedText.Of(attachment.Name));
                json.WriteString("contentType", WellFormedText.Of(attachment.ContentType));
                json.WriteNumber("size", attachment.Size);
                json.WriteString("method", source.Method.ToString());
                json.WriteString("contentId", MimeAttachmentBuilder.ContentIdOf(source));
                json.WriteBoolean("isHidden", source.Properties.GetBoolean(PropertyTags.AttachmentHidden) == true);
                WriteContent(source, depth);
                JsonProperties properties = new(json, options, losses);
                properties.Write("properties", source.Properties, JsonProperties.Contents);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteContent(MapiAttachment attachment, int depth)
        {
            if (attachment.HasEmbeddedItem)
            {
                if (depth < MaximumDepth)
                {
                    json.WritePropertyName("item");
                    Write(attachment.OpenEmbedded(), null, null, depth + 1);
                    return;
                }

                losses.Add(LossKind.NestedAttachment, attachment.Name);
            }
            else if (options.IncludeBinary && attachment.Content is BinarySource { Length: <= JsonProperties.MaximumValue } content)
            {
                json.WriteBase64String("content", content.ToArray());
            }
            else
            {
                losses.Add(LossKind.Attachment, attachment.Name);
            }
        }

        private void WriteParties(string name, IReadOnlyList<ShownParty> parties)
        {
            json.WriteStartArray(name);
            foreach (ShownParty party in parties)
            {
                WriteParty(party);
            }

            json.WriteEndArray();
        }

        private void WriteParty(string name, ShownParty? party)
        {
            json.WritePropertyName(name);
            if (party is null)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteParty(party);
            }
        }

        private void WriteParty(ShownParty party)
        {
            json.WriteStartObject();
            json.WriteString("name", WellFormedText.Of(party.Name));
            json.WriteString("address", WellFormedText.Of(party.Address));
            json.WriteEndObject();
        }
    }
}
