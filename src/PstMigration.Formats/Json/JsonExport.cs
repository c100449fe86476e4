using System.Text.Encodings.Web;
using System.Text;
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
        using (JsonTarget json = new(target))
        {
            new ItemWriter(json, options ?? new JsonExportOptions(), losses).Write(item, folder, key, 0);
        }

        target.WriteByte((byte)'\n');
        return losses.ToList();
    }

    private sealed class ItemWriter(JsonTarget document, JsonExportOptions options, LossList losses)
    {
        private readonly Utf8JsonWriter _json = document.Writer;

        public void Write(MapiItem item, FolderPath? folder, ItemKey? key, int depth)
        {
            losses.AddAll(item.Losses);
            ItemHeading heading = ItemHeading.Of(item);
            _json.WriteStartObject();
            _json.WriteString("schema", Schema);
            if (folder is not null)
            {
                _json.WriteString("folder", WellFormedText.Of(folder.ToString()));
            }

            if (key is ItemKey source)
            {
                _json.WriteString("sourceKey", WellFormedText.Of(source.ToString()));
            }

            _json.WriteString("messageClass", WellFormedText.Of(item.MessageClass));
            _json.WriteString("subject", WellFormedText.Of(item.Subject));
            WriteParty("from", heading.Author);
            WriteParty("sender", heading.Sender);
            WriteParties("to", heading.To);
            WriteParties("cc", heading.Cc);
            WriteParties("bcc", heading.Bcc);
            JsonText.WriteTime(_json, "sentTime", heading.SentTime);
            JsonText.WriteTime(_json, "receivedTime", heading.ReceivedTime);
            _json.WriteBoolean("isRead", (item.Flags & MessageFlags.Read) != 0);
            _json.WriteBoolean("isDraft", (item.Flags & MessageFlags.Unsent) != 0);
            _json.WriteString("importance", heading.Importance);
            _json.WriteString("flagStatus", heading.FlagStatus);
            _json.WriteStartArray("categories");
            foreach (string category in heading.Categories)
            {
                _json.WriteStringValue(WellFormedText.Of(category));
            }

            _json.WriteEndArray();
            _json.WriteString("messageId", WellFormedText.Of(heading.MessageId));
            ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = options.IncludeBinary });
            WriteBody(body);
            WriteAttachments(heading, depth);
            JsonProperties properties = new(document, options, losses);
            properties.Write("properties", item.Properties, body.Differing == BodyFormat.Text ? JsonProperties.Html : JsonProperties.Bodies);
            _json.WriteEndObject();
        }

        private void WriteBody(ItemBody body)
        {
            _json.WriteStartObject("body");
            _json.WriteString("format", body.Native.ToString());
            WriteBody("text", body.ToPlainText(), body.LargeText);
            WriteBody("html", body.Html, body.LargeHtml is BinarySource html ? Utf16(html, body.LargeHtmlEncoding) : null);
            _json.WriteEndObject();
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

        private void WriteBody(string name, string? text, BinarySource? large)
        {
            _json.WritePropertyName(name);
            if (large is not null)
            {
                document.WriteText(large);
            }
            else if (text?.Length > JsonProperties.LargestAtOnce)
            {
                document.WriteText(BinarySource.FromBytes(Encoding.Unicode.GetBytes(text)));
            }
            else
            {
                _json.WriteStringValue(text is null ? null : WellFormedText.Of(text));
            }
        }

        private static BinarySource Utf16(BinarySource text, Encoding? encoding) =>
            encoding == Encoding.Unicode ? text : new TranscodedSource(text, encoding ?? Encoding.UTF8, Encoding.Unicode);

        private void WriteAttachments(ItemHeading heading, int depth)
        {
            _json.WriteStartArray("attachments");
            foreach (ShownAttachment attachment in heading.Attachments)
            {
                MapiAttachment source = attachment.Source;
                _json.WriteStartObject();
                _json.WriteString("name", WellFormedText.Of(attachment.Name));
                _json.WriteString("contentType", WellFormedText.Of(attachment.ContentType));
                _json.WriteNumber("size", attachment.Size);
                _json.WriteString("method", source.Method.ToString());
                _json.WriteString("contentId", MimeAttachmentBuilder.ContentIdOf(source));
                _json.WriteBoolean("isHidden", source.Properties.GetBoolean(PropertyTags.AttachmentHidden) == true);
                WriteContent(source, depth);
                JsonProperties properties = new(document, options, losses);
                properties.Write("properties", source.Properties, JsonProperties.Contents);
                _json.WriteEndObject();
                document.Release();
            }

            _json.WriteEndArray();
        }

        private void WriteContent(MapiAttachment attachment, int depth)
        {
            if (attachment.HasEmbeddedItem)
            {
                if (depth < MaximumDepth)
                {
                    _json.WritePropertyName("item");
                    Write(attachment.OpenEmbedded(), null, null, depth + 1);
                    return;
                }

                losses.Add(LossKind.NestedAttachment, attachment.Name);
            }
            else if (options.IncludeBinary && attachment.Content is BinarySource content)
            {
                _json.WritePropertyName("content");
                document.WriteBase64(content);
            }
            else
            {
                losses.Add(LossKind.Attachment, attachment.Name);
            }
        }

        private void WriteParties(string name, IReadOnlyList<ShownParty> parties)
        {
            _json.WriteStartArray(name);
            foreach (ShownParty party in parties)
            {
                WriteParty(party);
                document.Release();
            }

            _json.WriteEndArray();
        }

        private void WriteParty(string name, ShownParty? party)
        {
            _json.WritePropertyName(name);
            if (party is null)
            {
                _json.WriteNullValue();
            }
            else
            {
                WriteParty(party);
            }
        }

        private void WriteParty(ShownParty party)
        {
            _json.WriteStartObject();
            _json.WriteString("name", WellFormedText.Of(party.Name));
            _json.WriteString("address", WellFormedText.Of(party.Address));
            _json.WriteEndObject();
        }
    }
}
