using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What the index of a tree of HTML documents tells of one: kept as the bytes that come into a page of data, for there may be a million.</summary>
internal sealed class HtmlIndexEntry
{
    private const int MaximumLength = 300;

    // All but the characters that mean something in HTML, and those that end a line of a script.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly byte[] _fields;

    private HtmlIndexEntry(string name, long? minutes, byte[] fields)
    {
        Name = name;
        Minutes = minutes;
        _fields = fields;
    }

    /// <summary>How JSON is written that stands in a script.</summary>
    public static JsonWriterOptions JsonOptions => s_options;

    /// <summary>The name of the document.</summary>
    public string Name { get; }

    /// <summary>The item's time in minutes since 1970 in UTC; null where none is known.</summary>
    public long? Minutes { get; }

    /// <summary>The entry of an item.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="time">Its time.</param>
    /// <param name="attachments">The names of its files, without the pictures that are shown in its body.</param>
    public static HtmlIndexEntry Of(ItemHeading heading, DateTimeOffset? time, IEnumerable<string> attachments) =>
        Of(time, heading.Author?.ToString() ?? "", ItemHeading.Join(heading.To), heading.Subject, string.Join("; ", attachments));

    /// <summary>The entry of these values, each one line that is safe to show.</summary>
    public static HtmlIndexEntry Of(DateTimeOffset? time, string from, string to, string subject, string attachments)
    {
        long? minutes = time?.UtcTicks is long ticks ? (ticks - DateTimeOffset.FromUnixTimeSeconds(0).UtcTicks) / TimeSpan.TicksPerMinute : null;
        return new HtmlIndexEntry("", minutes, Fields(minutes, [from, to, subject, attachments]));
    }

    /// <summary>The same for a document with this name.</summary>
    public HtmlIndexEntry Named(string name) => new(name, Minutes, _fields);

    /// <summary>Reads a row of a page of data; null where it is none.</summary>
    public static HtmlIndexEntry? Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != 6 || row[0].ValueKind != JsonValueKind.String
            || row.EnumerateArray().Skip(2).Any(e => e.ValueKind != JsonValueKind.String))
        {
            return null;
        }

        long? minutes = row[1].ValueKind == JsonValueKind.Number && row[1].TryGetInt64(out long value) ? value : null;
        return new HtmlIndexEntry(row[0].GetString()!, minutes, Fields(minutes, [.. row.EnumerateArray().Skip(2).Select(e => e.GetString()!)]));
    }

    /// <summary>Writes the row: <c>[name, minutes, from, to, subject, attachments]</c>.</summary>
    public void Write(Stream target)
    {
        target.WriteByte((byte)'[');
        byte[] name = Encoding.UTF8.GetBytes("\"" + s_options.Encoder!.Encode(Name) + "\",");
        target.Write(name, 0, name.Length);
        target.Write(_fields, 1, _fields.Length - 1);
    }

    private static byte[] Fields(long? minutes, string[] texts)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            writer.WriteStartArray();
            if (minutes is long known)
            {
                writer.WriteNumberValue(known);
            }
            else
            {
                writer.WriteNullValue();
            }

            Array.ForEach(texts, t => writer.WriteStringValue(Cut(t)));
            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    private static string Cut(string text) =>
        text.Length <= MaximumLength ? text : text.Substring(0, MaximumLength - (char.IsHighSurrogate(text[MaximumLength - 1]) ? 1 : 0)) + "…";
}
