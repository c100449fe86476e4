using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>
/// JSON being written. Attachment bytes are not put into it but spliced in as base64 while it is read, so that an answer with a
/// large attachment needs no memory for it.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Func<Stream>> _parts = [];
    private readonly MemoryStream _text = new();

    public JsonBody() => Writer = new Utf8JsonWriter(_text, s_options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>Writes a property whose value is base64 of a stream.</summary>
    public void WriteBase64(string name, Func<Stream> open)
    {
        // Write an empty string, and continue between its quotes.
        Writer.WriteString(name, "");
        CutText(keep: 1);
        _parts.Add(() => new CryptoStream(open(), new ToBase64Transform(), CryptoStreamMode.Read));
    }

    /// <summary>What was written.</summary>
    public AnswerBody Finish()
    {
        CutText(keep: 0);
        Func<Stream>[] parts = [.. _parts];
        Dispose();
        return new AnswerBody("application/json; odata.metadata=minimal; charset=utf-8", parts.Length == 1 ? parts[0] : () => new JoinedStream(parts));
    }

    public void Dispose()
    {
        Writer.Dispose();
        _text.Dispose();
    }

    private void CutText(int keep)
    {
        Writer.Flush();
        byte[] bytes = _text.ToArray();
        byte[] part = bytes.AsSpan(0, bytes.Length - keep).ToArray();
        _parts.Add(() => new MemoryStream(part, writable: false));
        _text.SetLength(0);
        _text.Write(bytes, bytes.Length - keep, keep);
    }
}
