using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Extended properties of items: how requests set them, how answers give them, and the few that are columns of the row.</summary>
internal static class ExtendedProperties
{
    /// <summary>Beyond this a binary value may be missing from answers.</summary>
    private const int LargeBinary = 64 * 1024;

    private static readonly Dictionary<string, string> s_columns = new()
    {
        [Tags.MessageFlags.Tag] = "(i.flags | CASE WHEN i.attachments > 0 THEN 16 ELSE 0 END)",
        [Tags.ReceivedTime.Tag] = "i.received",
        [Tags.CreationTime.Tag] = "i.created",
        [Tags.ModificationTime.Tag] = "i.modified",
        [Tags.HasAttachments.Tag] = "(i.attachments > 0)",
    };

    /// <summary>What an id stands for in a filter.</summary>
    public static FilterTarget FilterTarget(ExtendedPropertyId id) =>
        s_columns.TryGetValue(id.Tag, out string? column) ? PstMigration.Sandbox.FilterTarget.OfColumn(id.Type, column) : PstMigration.Sandbox.FilterTarget.OfProperty(id);

    // What the service makes of some of them is not decided here.
    private static void Read(JsonElement array, bool multiple, PropertyMap into)
    {
        foreach (JsonElement element in Json.Array(array, multiple ? ExpandOption.MultiValue : ExpandOption.SingleValue))
        {
            string? text = null;
            JsonElement? value = null;
            foreach (JsonProperty property in Json.Object(element, ExpandOption.SingleValue))
            {
                switch (property.Name)
                {
                    case "id":
                        text = Json.Text(property.Value, "id");
                        break;
                    case "value":
                        value = property.Value;
                        break;
                    default:
                        Json.Unknown(property, multiple ? "multiValueLegacyExtendedProperty" : "singleValueLegacyExtendedProperty");
                        break;
                }
            }

            if (!ExtendedPropertyId.TryParse(text, out ExtendedPropertyId? id) || id!.IsMultiple != multiple)
            {
                throw GraphException.BadRequest("ErrorInvalidExtendedProperty", $"The extended property id '{text}' is not valid.");
            }

            if (value is null || value.Value.ValueKind == JsonValueKind.Null)
            {
                into.Set(id, null);
            }
            else
            {
                IEnumerable<JsonElement> values = multiple ? Json.Array(value.Value, "value") : [value.Value];
                into.SetAll(id, values.Select(v => Parse(id, Json.Text(v, "value") ?? "")).ToArray());
            }
        }
    }

    /// <summary>Writes the properties an <c>$expand</c> asks for, those that are there.</summary>
    public static void Write(JsonBody body, ExpandOption option, Func<ExtendedPropertyId, StoredProperty?> find, SandboxBehaviour behaviour)
    {
        List<(ExtendedPropertyId Id, StoredProperty Property)> found = option.Ids
            .Where(id => id.IsMultiple != option.IsSingleValue)
            .Select(id => (id, Property: find(id)))
            .Where(p => p.Property is not null && !IsOmitted(p.Property, behaviour))
            .Select(p => (p.id, p.Property!))
            .ToList();
        if (found.Count == 0)
        {
            return;
        }

        Utf8JsonWriter writer = body.Writer;
        writer.WriteStartArray(option.IsSingleValue ? ExpandOption.SingleValue : ExpandOption.MultiValue);
        foreach ((ExtendedPropertyId id, StoredProperty property) in found)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id.ToString());
            if (option.IsSingleValue)
            {
                writer.WriteString("value", ExtendedValue.Format(id.Type, property.Values[0], behaviour.AnswersWholeSeconds));
            }
            else
            {
                writer.WriteStartArray("value");
                foreach (object value in property.Values)
                {
                    writer.WriteStringValue(ExtendedValue.Format(id.Type, value, behaviour.AnswersWholeSeconds));
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A property of an item, wherever it is kept.</summary>
    public static StoredProperty? Find(ExtendedPropertyId id, MailItem item)
    {
        if (!s_columns.ContainsKey(id.Tag))
        {
            return item.Properties.Find(id);
        }

        long? column = id switch
        {
            _ when id == Tags.MessageFlags => item.Flags | (item.AttachmentCount > 0 ? MailItem.AttachmentsFlag : 0),
            _ when id == Tags.ReceivedTime => item.Received,
            _ when id == Tags.CreationTime => item.Created,
            _ when id == Tags.ModificationTime => item.Modified,
            _ when id == Tags.HasAttachments => item.AttachmentCount > 0 ? 1 : 0,
            _ => null,
        };
        return column is long value ? new StoredProperty(id.Type, false, [value]) : null;
    }

    /// <summary>The same, or what is computed of an item: its size, as that of its folder is.</summary>
    public static StoredProperty? Find(ExtendedPropertyId id, MailItem item, MailboxStore store) =>
        id == Tags.MessageSize ? new StoredProperty(id.Type, false, [Math.Min(int.MaxValue, item.Properties.Size + store.Attachments.Size(item.Number))]) : Find(id, item);

    /// <summary>A property of a folder, stored or computed ([MS-OXCFOLD] 2.2.2).</summary>
    public static StoredProperty? Find(ExtendedPropertyId id, FolderRow folder, MailboxStore store)
    {
        object? computed = id.ToString() switch
        {
            "Long 0xe08" => store.Folders.Size(folder),
            "Integer 0xe08" => Math.Min(int.MaxValue, store.Folders.Size(folder)),
            "Integer 0x3602" => store.Folders.CountItems(folder),
            "Integer 0x3603" => store.Folders.CountUnread(folder),
            "String 0x3001" => folder.Name,
            "String 0x3613" => folder.Class,
            _ => null,
        };
        if (computed is not null)
        {
            return new StoredProperty(id.Type, false, [computed]);
        }

        PropertyMap properties = new();
        store.Properties.Load(-folder.Number, properties);
        return properties.Find(id);
    }

    /// <summary>Sets the extended properties a request gives.</summary>
    public static void ReadAll(JsonElement body, PropertyMap into)
    {
        if (body.TryGetProperty(ExpandOption.SingleValue, out JsonElement single))
        {
            Read(single, multiple: false, into);
        }

        if (body.TryGetProperty(ExpandOption.MultiValue, out JsonElement multiple))
        {
            Read(multiple, multiple: true, into);
        }
    }

    private static bool IsOmitted(StoredProperty property, SandboxBehaviour behaviour) =>
        behaviour.OmitsLargeBinaryProperties && property.Values.Any(v => v is byte[] { Length: > LargeBinary });

    private static object Parse(ExtendedPropertyId id, string text) => ExtendedValue.TryParse(id.Type, text, out object value)
        ? value
        : throw GraphException.BadRequest("ErrorInvalidExtendedPropertyValue", $"The value of the extended property '{id}' is not of its type.");
}
